import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBareLog } from '../bare/bare-log';
import type { Timer } from '../comparing/timer';
import { WorkNotDone, type PreparedWork, type Work, type Workbench } from '../comparing/work';
import { longLogsIn } from '../long-logs';
import { works } from '.';

const timer: Timer = async (work) => {
  const before = performance.now();
  await work();
  return performance.now() - before;
};
const noProgress = () => ({ advance: () => undefined, end: () => undefined });

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mandate-works-'));
});
afterAll(() => rm(folder, { recursive: true }));

const workbenchFor = async (): Promise<Workbench> => {
  const own = await mkdtemp(join(folder, 'work-'));
  return {
    folder: own,
    events: 1000,
    effort: 0.05,
    timer,
    progress: noProgress,
    logOf: longLogsIn(own, noProgress),
  };
};

/** Memory is measured by processes of the build, which is not there in a test. */
const measureOnce = async ({ comparisons }: PreparedWork): Promise<readonly number[]> => {
  const measured: number[] = [];
  for (const { ours, limit, peers = [] } of comparisons.filter(({ unit }) => unit !== 'MB')) {
    measured.push(await ours(), await limit());
    for (const { measure } of peers) measured.push(await measure());
  }
  return measured;
};

describe.each(works.map((work): [string, Work] => [work.name, work]))('the work %s', (_name, work) => {
  it('does what it measures, on both sides', async () => {
    const prepared = await work.prepare(await workbenchFor());
    const measured = await measureOnce(prepared);
    expect(measured.length).toBeGreaterThanOrEqual(2);
    expect(measured.every((number) => Number.isFinite(number) && number > 0)).toBe(true);
    await prepared.check();
    await prepared.close();
  });
});

describe('the peers of decide-now', () => {
  it('are asked in the same process, or in one of their own that ends with the work', async () => {
    const prepared = await works.find(({ name }) => name === 'decide-now')!.prepare(await workbenchFor());
    await prepared.close();
    const [{ peers = [] } = {}] = prepared.comparisons;
    const afterwards = peers.map(({ name, measure }) =>
      measure().then(
        () => `${name} answers`,
        (error: unknown) => `${name} ${String(error)}`,
      ),
    );
    expect(await Promise.all(afterwards)).toEqual([
      'array filter answers',
      '@casl/ability answers',
      'casbin PeerNotMeasured: its process ended (SIGTERM)',
      '@cedar-policy/cedar-wasm PeerNotMeasured: its process ended (SIGTERM)',
    ]);
  });
});

describe('the check of a work', () => {
  it.each([
    ['append-1', 'appended.db', 'Events that the store keeps'],
    ['append-1', 'inserted.db', 'Events that the driver keeps'],
    ['round-trip', 'commands.db', 'Events after the commands'],
    ['round-trip', 'commands-by-hand.db', 'Events by hand'],
    ['replay-1m', 'log-of-1000.db', 'Events folded by'],
    ['append-grows', 'log-of-1000.db', 'Events in a grown log'],
  ])('of %s notices when an event of %s is gone', async (name, file, complaint) => {
    const workbench = await workbenchFor();
    const prepared = await works.find((work) => work.name === name)!.prepare(workbench);
    const lose = async (): Promise<void> => {
      const { database, close } = await openBareLog(join(workbench.folder, file));
      database.exec('DELETE FROM event WHERE place = (SELECT max(place) FROM event)');
      close();
    };
    if (name === 'replay-1m') await lose();
    await measureOnce(prepared);
    if (name !== 'replay-1m') await lose();
    const checked = Promise.resolve().then(() => prepared.check());
    await expect(checked).rejects.toThrow(complaint);
    await expect(checked).rejects.toBeInstanceOf(WorkNotDone);
    await prepared.close();
  });
});
