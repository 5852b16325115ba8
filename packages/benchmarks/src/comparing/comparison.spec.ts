import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compare, isReached, medianOf, PeerNotMeasured } from './comparison';

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

describe('a peer', () => {
  const comparedWith = (measure: () => Promise<number>) => {
    const one = (): Promise<number> => Promise.resolve(1);
    const peers = [
      { name: 'runner', measure },
      { name: 'walker', measure: one },
    ];
    return compare({ work: 'walking', unit: 'steps/s', ours: one, limit: one, peers }, 3, () => undefined);
  };

  it('is measured in every round, of which the first does not count', async () => {
    const values = [900, 10, 30, 20];
    const { peers } = await comparedWith(() => Promise.resolve(values.shift() ?? 0));
    expect(peers).toEqual([
      { name: 'runner', value: 20 },
      { name: 'walker', value: 1 },
    ]);
  });

  it.each([0, 1, 3])('that cannot go on in round %d is not measured, nor asked again', async (failing) => {
    let round = 0;
    const { peers, rounds } = await comparedWith(() => {
      round += 1;
      return round > failing ? Promise.reject(new PeerNotMeasured(`fell in ${round}`)) : Promise.resolve(1);
    });
    expect(peers).toEqual([
      { name: 'runner', notMeasured: `fell in ${failing + 1}` },
      { name: 'walker', value: 1 },
    ]);
    expect([round, rounds.length]).toEqual([failing + 1, 3]);
  });

  it('that fails otherwise fails the comparison', async () => {
    await expect(comparedWith(() => Promise.reject(new Error('no shoes')))).rejects.toThrow('no shoes');
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
