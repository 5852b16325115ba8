import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressOf, textOf, tracesIn } from './canaries';
import { deletionMutants, type DeletionMutant } from './mutants';
import { plans, type Plan } from './plan';
import { readLog } from './seen';
import { runDeletions, simulateDeletions } from './simulate-deletions';
import type { World } from './world';

const mutants = Object.keys(deletionMutants) as DeletionMutant[];

/** The first seed, from 1, that finds a mutant out. */
const firstSeedAgainst = async (mutant: DeletionMutant): Promise<number> => {
  for (let seed = 1; seed <= 100; seed += 1) {
    if ((await simulateDeletions({ seed, mutant })).outcome === 'broken') return seed;
  }
  return Infinity;
};

const samples = (numRuns: number): readonly Plan[] => fc.sample(plans, { numRuns, seed: 1 });

describe('simulated deletions', () => {
  it('keep all promises under the first schedules', async () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      expect({ seed, ...(await simulateDeletions({ seed })) }).toEqual({ seed, outcome: 'held' });
    }
  });

  it('go the same way each time', async () => {
    for (const plan of samples(5)) {
      const [one, another] = [await runDeletions(plan), await runDeletions(plan)];
      expect(await readLog(one)).toEqual(await readLog(another));
    }
  });

  it.each(mutants)('find out within 100 schedules a system that is wrong: %s', async (mutant) => {
    expect(await firstSeedAgainst(mutant)).toBeLessThanOrEqual(100);
  });

  it('meet crashes, laws, returns, late data and stores that are never erased often enough to mean something', async () => {
    const worlds: World[] = [];
    for (const plan of samples(60)) worlds.push(await runDeletions(plan));
    const logs = await Promise.all(worlds.map(readLog));
    const withType = (type: string): number =>
      logs.filter((log) => log.some((event) => event.type === type)).length;
    const worldsWhere = (isSo: (world: World) => boolean): number => worlds.filter(isSo).length;
    expect(withType('RetentionLawApplied')).toBeGreaterThan(5);
    expect(withType('ReturnAcknowledged')).toBeGreaterThan(2);
    expect(withType('StoreRegistered')).toBeGreaterThan(5);
    expect(withType('EffectParked')).toBeGreaterThan(5);
    expect(withType('EffectUnparked')).toBeGreaterThan(5);
    expect(worldsWhere(({ deaths }) => deaths > 1)).toBeGreaterThan(5);
    expect(worldsWhere(({ happenedMeanwhile }) => happenedMeanwhile > 0)).toBeGreaterThan(5);
    expect(worldsWhere(({ stores }) => stores.lies.size > 0)).toBeGreaterThan(5);
    expect(worldsWhere(({ issued }) => issued.length > 0)).toBeGreaterThan(5);
    const uncertified = ({ issued, engagements }: World): boolean =>
      new Set(issued.map(({ contents }) => contents.contractId)).size < engagements.size;
    expect(worldsWhere(uncertified)).toBeGreaterThan(5);
    const certifiedAgain = ({ issued }: World): boolean =>
      new Set(issued.map(({ contents }) => contents.certificateId)).size >
      new Set(issued.map(({ contents }) => contents.contractId)).size;
    expect(worldsWhere(certifiedAgain)).toBeGreaterThan(0);
  });
});

describe('an address', () => {
  const forms = (canary: string): readonly object[] => [
    { canary },
    { [canary]: 1 },
    [encodeURIComponent(canary)],
    ['', 'x', 'xy'].map((before) => Buffer.from(`${before}${canary}, and more`).toString('base64')),
    [Buffer.from(canary).toString('hex')],
    { bytes: new Uint8Array(Buffer.from(canary)) },
    new Error(`no row of ${canary}`),
    new Error('failed', { cause: new Error(canary) }),
    new Map([['at', canary]]),
  ];

  it('is found in each of its forms', () => {
    for (const recipient of ['r1', 'r2', 'r3'])
      for (const form of forms(addressOf(recipient))) expect(tracesIn(textOf(form))).not.toEqual([]);
    expect(tracesIn(textOf({ note: 'nobody' }))).toEqual([]);
  });
});
