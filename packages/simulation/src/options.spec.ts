import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readOptions } from './options';
import { seedsOf } from './seeds';

describe('the options of a simulation', () => {
  it('are 10,000 seeds of the system as it is, unless something else is asked for', () => {
    expect(readOptions([])).toMatchObject({ seeds: 10_000, from: 1 });
    expect(
      readOptions(['--seeds', '5', '--from', '77', '--workers', '3', '--mutant', 'checkpoint-apart']),
    ).toEqual({
      seeds: 5,
      from: 77,
      workers: 3,
      mutant: 'checkpoint-apart',
    });
    expect(readOptions(['--help'])).toBe('help');
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
    expect(() => readOptions([option, value])).toThrow(option.replace('--', ''));
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
