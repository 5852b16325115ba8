import { describe, expect, it } from '@jest/globals';
import { keepRunning, type KeptRunning } from './keep-running';
import { aServiceAtItsEnd } from '../testing/a-service';
import { ids } from '../testing/a-story';

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

/** Resolves when something has happened so many times. */
const counting = (wanted: number) => {
  let count = 0;
  let isThere: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (isThere = resolve));
  return {
    reached,
    count: () => count,
    one: () => {
      count += 1;
      if (count === wanted) isThere();
    },
  };
};

const silent = (run: KeptRunning['run']): KeptRunning => ({ run, alarms: () => [] });

describe('keeping something running', () => {
  it('does it at once and again after every interval, until the signal says stop', async () => {
    const runs = counting(3);
    const controller = new AbortController();
    const kept = keepRunning(
      silent(() => {
        runs.one();
        return Promise.resolve();
      }),
      { signal: controller.signal, intervalMs: 1 },
    );
    await runs.reached;
    controller.abort();
    await kept;
    const after = runs.count();
    await turn();
    await turn();
    expect(runs.count()).toBe(after);
  });

  it('goes on after a run that failed, and tells of it', async () => {
    const failures = counting(2);
    const controller = new AbortController();
    const kept = keepRunning(
      silent(() => Promise.reject(new Error('unreachable'))),
      {
        signal: controller.signal,
        intervalMs: 1,
        onError: (error) => {
          expect(error).toMatchObject({ message: 'unreachable' });
          failures.one();
        },
      },
    );
    await failures.reached;
    controller.abort();
    await kept;
  });

  it('stops in the middle of an interval, and hands the signal on to the run', async () => {
    const controller = new AbortController();
    const runs = counting(1);
    const signals: AbortSignal[] = [];
    const kept = keepRunning(
      silent(({ signal }) => {
        signals.push(signal);
        runs.one();
        return Promise.resolve();
      }),
      { signal: controller.signal, intervalMs: 1_000_000 },
    );
    await runs.reached;
    await turn();
    controller.abort();
    await kept;
    expect(signals).toEqual([controller.signal]);
  });

  it('does nothing when the signal had said stop before', async () => {
    let runs = 0;
    const run = (): Promise<void> => {
      runs += 1;
      return Promise.resolve();
    };
    await keepRunning(silent(run), { signal: AbortSignal.abort() });
    expect(runs).toBe(0);
  });
});

describe('deletions that are kept running', () => {
  it('come to their certificate by themselves', async () => {
    const { processor, surroundings } = await aServiceAtItsEnd();
    const controller = new AbortController();
    const kept = processor.deletions.keepRunning({ signal: controller.signal, intervalMs: 1 });
    while ((await surroundings.certificates.get(ids.contract)) === undefined) await turn();
    controller.abort();
    await kept;
    await processor.deletions.run();
    expect(processor.deletions.outstanding()).toEqual([]);
  });
});
