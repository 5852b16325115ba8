import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readOptions } from './options';
import { seedsOf } from './seeds';
import { simulations } from './simulations';

const { mechanism, deletions } = simulations;

describe('the options of a simulation', () => {
  it('are 10,000 seeds of the system as it is, unless something else is asked for', () => {
    expect(readOptions([], mechanism)).toMatchObject({ seeds: 10_000, from: 1 });
    expect(
      readOptions(
        ['--seeds', '5', '--from', '77', '--workers', '3', '--mutant', 'checkpoint-apart'],
        mechanism,
      ),
    ).toEqual({
      seeds: 5,
      from: 77,
      workers: 3,
      mutant: 'checkpoint-apart',
    });
    expect(readOptions(['--help'], mechanism)).toBe('help');
  });

  it('are called schedules where deletions are simulated, with mutants of their own', () => {
    expect(
      readOptions(['--schedules', '5', '--mutant', 'key-kept-with-a-flag', '--workers', '1'], deletions),
    ).toEqual({ seeds: 5, from: 1, workers: 1, mutant: 'key-kept-with-a-flag' });
    expect(() => readOptions(['--seeds', '5'], deletions)).toThrow('seeds');
    expect(() => readOptions(['--mutant', 'checkpoint-apart'], deletions)).toThrow('deleted-by-number');
  });

  it.each([
    ['--seeds', '0'],
    ['--seeds', '-1'],
    ['--from', '1.5'],
    ['--workers', 'many'],
    ['--mutant', 'toString'],
    ['--mutants', 'checkpoint-apart'],
    ['seeds', '5'],
  ])('are refused with a sentence that names them: %s %s', (option, value) => {
    expect(() => readOptions([option, value], mechanism)).toThrow(option.replace('--', ''));
  });
});

describe('the seeds of several workers', () => {
  it('are all seeds, each once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 9 }),
        (from, seeds, workers) => {
          const shares = Array.from({ length: workers }, (_, worker) => [
            ...seedsOf({ from, seeds }, { worker, workers }),
          ]);
          expect(shares.flat().toSorted((one, other) => one - other)).toEqual(
            Array.from({ length: seeds }, (_, index) => from + index),
          );
        },
      ),
    );
  });
});
