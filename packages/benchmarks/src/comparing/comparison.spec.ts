import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compare, isReached, medianOf } from './comparison';

describe('a median', () => {
  it('has as many numbers below it as above, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (numbers) => {
        const median = medianOf(numbers);
        const below = numbers.filter((number) => number < median).length;
        const above = numbers.filter((number) => number > median).length;
        expect(below).toBeLessThanOrEqual(numbers.length / 2);
        expect(above).toBeLessThanOrEqual(numbers.length / 2);
      }),
    );
  });

  it('does not exist of nothing', () => {
    expect(() => medianOf([])).toThrow(RangeError);
  });
});

describe('a comparison', () => {
  const log: string[] = [];
  const numbered = (side: string, numbers: number[]) => (): Promise<number> => {
    log.push(side);
    return Promise.resolve(numbers.shift() ?? 0);
  };

  it('measures by turns, also who is first, and forgets the first round', async () => {
    let rounds = 0;
    const result = await compare(
      {
        work: 'walking',
        unit: 'steps/s',
        ours: numbered('ours', [900, 10, 30, 20]),
        limit: numbered('limit', [1, 20, 40, 50]),
      },
      3,
      () => (rounds += 1),
    );
    expect(log).toEqual(['ours', 'limit', 'limit', 'ours', 'ours', 'limit', 'limit', 'ours']);
    expect(rounds).toBe(4);
    expect(result).toEqual({
      work: 'walking',
      unit: 'steps/s',
      ours: 20,
      limit: 40,
      peers: [],
      ratioToLimit: 0.5,
      rounds: [
        { ours: 10, limit: 20 },
        { ours: 30, limit: 40 },
        { ours: 20, limit: 50 },
      ],
    });
  });
});

describe('a target', () => {
  it.each([
    [{ atLeast: 0.8 }, 0.8, true],
    [{ atLeast: 0.8 }, 0.79, false],
    [{ atMost: 1.2 }, 1.2, true],
    [{ atMost: 1.2 }, 1.21, false],
  ])('of %j is reached by %d: %s', (target, ratio, expected) => {
    expect(isReached(target, ratio)).toBe(expected);
  });
});
