import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ReadAllOptions } from '../event-store/event-store';
import { failedExpectation } from '../testing/failed-expectation';
import { createProjectionScene, expectedNumbers, numbersIn, wait } from '../testing/projection-scene';
import { writings, type Writing } from '../testing/sample-notes';
import type { ProjectionEngine } from './projection-engine';
import type { ProjectionStore } from './projection-store';

/** Lets two engines work at once, on stores whose answers wait their turn; tells what is kept in the end. */
const assertRivalsKeepEachEventOnce = (
  mutate: (store: ProjectionStore) => ProjectionStore,
  runs: fc.Parameters<unknown>,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.scheduler(), writings('without poison'), async (scheduler, all) => {
      const scene = createProjectionScene();
      const turn = (label: string): Promise<void> => scheduler.schedule(Promise.resolve(), label);
      const scheduled = <Target extends object>(target: Target): Target =>
        new Proxy(target, {
          get:
            (methods, method) =>
            async (...request: readonly unknown[]): Promise<unknown> => {
              await turn(String(method));
              return (methods[method as keyof Target] as (...all: readonly unknown[]) => unknown)(...request);
            },
        });
      const start = (): ProjectionEngine =>
        scene.start({
          store: scheduled({ readAll: (options?: ReadAllOptions) => scene.store.readAll(options) }),
          projectionStore: scheduled(mutate(scene.projectionStore)),
          // Every claim has run out at once: the epoch alone keeps order.
          leaseMs: 0,
        });
      const perform = async (): Promise<void> => {
        const [one, other] = [start(), start()];
        const running: Promise<unknown>[] = [];
        for (const writing of all) {
          await scene.write(writing);
          running.push(one.run(), other.run());
          await turn('next');
        }
        await Promise.all(running);
      };
      await scheduler.waitFor(perform());
      const last = scene.start({ leaseMs: 0 });
      await last.run();
      for (const partition of ['a', 'b', 'c']) {
        const kept = await numbersIn(last, partition);
        expect(kept).toEqual(await expectedNumbers(scene.store, partition));
      }
    }),
    runs as fc.Parameters<[fc.Scheduler, readonly Writing[]]>,
  );

describe('two engines on the same stores', () => {
  it('apply every event once, in order, though they work at the same time', async () => {
    await assertRivalsKeepEachEventOnce((store) => store, { numRuns: 150 });
  });

  it('would not, if a batch were kept whatever had been kept meanwhile', async () => {
    const careless = (store: ProjectionStore): ProjectionStore => ({
      ...store,
      commit: async (id, commit) => {
        const now = (await store.generations()).find(({ generation }) => generation === id.generation);
        return store.commit(id, {
          ...commit,
          epoch: now?.epoch ?? commit.epoch,
          from: now?.position,
        });
      },
    });
    await expect(
      assertRivalsKeepEachEventOnce(careless, { numRuns: 500, endOnFailure: true }),
    ).rejects.toMatchObject(failedExpectation);
  });

  it('leave a projection to whoever holds it, until that one has been silent for as long as it may be', async () => {
    const scene = createProjectionScene();
    const [holding, waiting] = [scene.start(), scene.start()];
    await holding.run();
    await scene.write({ stream: 'a', entries: ['readable'] });
    await waiting.run();
    expect(await numbersIn(waiting)).toBe('absent');
    wait(scene, 30_000);
    await waiting.run();
    expect(await numbersIn(waiting)).toEqual([100]);
    // The first one has lost it, and keeps out of it.
    await scene.write({ stream: 'a', entries: ['readable'] });
    await holding.run();
    expect(await numbersIn(waiting)).toEqual([100]);
  });
});
