import { describe, expect, it } from '@jest/globals';
import { simulationMutants, type SimulationMutant } from './mutants';
import { simulate } from './simulation';

const mutants = Object.keys(simulationMutants) as SimulationMutant[];

/** The first seed, from 1, that finds a mutant out. */
const firstSeedAgainst = async (mutant: SimulationMutant): Promise<number> => {
  for (let seed = 1; seed <= 1000; seed += 1) {
    if ((await simulate({ seed, mutant })).outcome === 'broken') return seed;
  }
  return Infinity;
};

describe('a simulation', () => {
  it('keeps all promises under the first seeds', async () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      expect({ seed, ...(await simulate({ seed })) }).toEqual({ seed, outcome: 'held' });
    }
  });

  it('goes the same way each time', async () => {
    const seed = await firstSeedAgainst('checkpoint-apart');
    const [one, another] = [
      await simulate({ seed, mutant: 'checkpoint-apart' }),
      await simulate({ seed, mutant: 'checkpoint-apart' }),
    ];
    expect(one).toEqual(another);
  });

  it.each(mutants)('finds out within 1,000 seeds a system that is wrong: %s', async (mutant) => {
    expect(await firstSeedAgainst(mutant)).toBeLessThanOrEqual(1000);
  });
});
