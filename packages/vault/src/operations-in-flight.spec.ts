import { describe, expect, it } from '@jest/globals';
import type { KeyPath } from './key-path';
import { OperationsInFlight } from './operations-in-flight';

const isTouched = (running: KeyPath, fenced: KeyPath): Promise<boolean> => {
  const operations = new OperationsInFlight();
  return operations.run(running, (operation) => {
    operations.markFenced(fenced);
    return Promise.resolve(operation.isTouchedByFence);
  });
};

describe('an operation in flight', () => {
  it.each<[KeyPath, KeyPath, boolean]>([
    [['c1', 'd1', 'r1'], ['c1'], true],
    [['c1', 'd1', 'r1'], ['c1', 'd1', 'r1'], true],
    [['c1', 'd1'], ['c1', 'd1', 'r1'], true],
    [['c1', 'd1', 'r1'], ['c1', 'd1', 'r2'], false],
    [['c10'], ['c1'], false],
    [['c1', 'd1'], ['c1', 'd2', 'r1'], false],
  ])('on %j is touched by a fence on %j: %p', async (running, fenced, expected) => {
    expect(await isTouched(running, fenced)).toBe(expected);
  });

  it('is touched again after it took notice, and no more once it has ended', async () => {
    const operations = new OperationsInFlight();
    const operation = await operations.run(['c1'], (running) => {
      operations.markFenced(['c1']);
      running.acknowledgeFence();
      expect(running.isTouchedByFence).toBe(false);
      operations.markFenced(['c1']);
      expect(running.isTouchedByFence).toBe(true);
      running.acknowledgeFence();
      return Promise.resolve(running);
    });
    operations.markFenced(['c1']);
    expect(operation.isTouchedByFence).toBe(false);
  });
});
