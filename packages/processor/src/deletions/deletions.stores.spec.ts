import type { StoreEraser } from '@mandate/deletion';
import { describe, expect, it } from '@jest/globals';
import { startProcessor } from '../testing/a-processor';
import { aServiceAtItsEnd } from '../testing/a-service';
import { ids } from '../testing/a-story';
import {
  aboutTheDatabase,
  certificateIn,
  garbage,
  later,
  retry,
  theOneOutstanding,
  withDatabase,
} from '../testing/one-store';
import { readWholeLog } from '../testing/whole-log';

describe('a store that cannot be erased', () => {
  const failing: readonly (readonly [string, StoreEraser, string])[] = [
    [
      'says so',
      () => Promise.resolve({ outcome: 'failed', reason: 'store-unreachable' }),
      'store-unreachable',
    ],
    ['rejects', () => Promise.reject(new Error('anna@example.com is locked')), 'handler-threw'],
    [
      'throws',
      () => {
        throw new Error('anna@example.com is locked');
      },
      'handler-threw',
    ],
    [
      'says why in free text',
      garbage({ outcome: 'failed', reason: 'anna@example.com is locked' }),
      'unspecified',
    ],
    ['says nothing', garbage(undefined), 'handler-threw'],
  ];

  it.each(failing)(
    'because it %s is tried again later, and then waits for a person',
    async (_name, erase, reason) => {
      const service = await aServiceAtItsEnd();
      const processor = withDatabase(service, erase);
      await processor.deletions.run();
      expect(theOneOutstanding(processor)).toMatchObject({ ...aboutTheDatabase, attempts: 1 });
      expect(processor.deletions.nextDueAt()).toBe('2026-03-30T22:01:00.000Z');
      for (let attempt = 2; attempt <= retry.attemptsMax; attempt += 1) {
        later(service, 1);
        await processor.deletions.run();
      }
      expect(theOneOutstanding(processor)).toMatchObject({
        ...aboutTheDatabase,
        attempts: 3,
        parked: reason,
      });
      expect(processor.deletions.nextDueAt()).toBeUndefined();
      expect(await certificateIn(service)).toBeUndefined();
      expect(JSON.stringify(await readWholeLog(service.surroundings.eventStore))).not.toContain('anna');
    },
  );

  it('does not keep the other stores from being erased', async () => {
    const service = await aServiceAtItsEnd();
    await withDatabase(service, garbage({ outcome: 'failed', reason: 'store-unreachable' })).deletions.run();
    expect(service.archive.held()).toBe(0);
  });

  it('is erased and certified when a person has it tried again', async () => {
    const service = await aServiceAtItsEnd();
    let isReachable = false;
    const processor = withDatabase(service, (order) =>
      isReachable ? service.database.erase(order) : Promise.reject(new Error('unreachable')),
    );
    for (let attempt = 1; attempt <= retry.attemptsMax; attempt += 1) {
      await processor.deletions.run();
      later(service, 1);
    }
    const { contractId, effectId } = theOneOutstanding(processor);
    isReachable = true;
    await processor.deletions.run();
    expect(theOneOutstanding(processor)).toMatchObject({ parked: 'handler-threw' });

    await processor.deletions.retry(contractId, effectId);
    await processor.deletions.run();
    expect(processor.deletions.outstanding()).toEqual([]);
    expect(service.database.held()).toBe(0);
    expect(await certificateIn(service)).toBeDefined();
  });

  it('waits for a person also in the next process', async () => {
    const service = await aServiceAtItsEnd();
    await withDatabase(service, undefined).deletions.run();
    const next = withDatabase(service, service.database.erase);
    await next.deletions.run();
    const { contractId, effectId, parked } = theOneOutstanding(next);
    expect(parked).toBe('no-eraser-for-this-store');
    await next.deletions.retry(contractId, effectId);
    await next.deletions.run();
    expect(await certificateIn(service)).toBeDefined();
  });

  it('is not tried again on behalf of something that does not exist', async () => {
    const service = await aServiceAtItsEnd();
    const processor = withDatabase(service, undefined);
    await processor.deletions.run();
    await processor.deletions.retry('no id', 'no id either');
    await processor.deletions.retry(ids.contract, ids.dataSet);
    await processor.deletions.run();
    expect(theOneOutstanding(processor)).toMatchObject({ parked: 'no-eraser-for-this-store' });
  });
});

describe('a store without an eraser', () => {
  it('is named as outstanding at once, and there is no certificate, whatever time passes', async () => {
    const service = await aServiceAtItsEnd();
    const processor = withDatabase(service, undefined);
    for (const days of [0, 1, 400]) {
      later(service, days * 24 * 60);
      await processor.deletions.run();
      expect(theOneOutstanding(processor)).toMatchObject({
        ...aboutTheDatabase,
        contractId: ids.contract,
        parked: 'no-eraser-for-this-store',
      });
      expect(await certificateIn(service)).toBeUndefined();
    }
  });

  it('is none that has the name of something every object has', async () => {
    const service = await aServiceAtItsEnd();
    const processor = startProcessor(service.surroundings, Object.create(service.erasers) as never, {
      retry,
    });
    await processor.deletions.run();
    expect(processor.deletions.outstanding().map(({ parked }) => parked)).toEqual([
      'no-eraser-for-this-store',
      'no-eraser-for-this-store',
    ]);
  });
});
