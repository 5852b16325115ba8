import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ReadAllOptions } from '../event-store/event-store';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import { failedExpectation } from '../testing/failed-expectation';
import { expectedNumbers } from '../testing/projection-scene';
import { createWriter, writings, type Writing } from '../testing/sample-notes';
import { tallyWith } from '../testing/sample-tally';
import type { ProjectingEventStore } from './projecting-event-store';
import { createProjectionEngine, type ProjectionEngine } from './projection-engine';
import type { ProjectionStore } from './projection-store';

/** Requires that every stream is known as a fold of the log knows it. */
const expectFold = async (store: ProjectingEventStore): Promise<void> => {
  for (const partition of ['a', 'b', 'c']) {
    const found = await store.projections.read('tally', { partition, key: 'all' });
    const known = found.state === 'found' ? found.document['numbers'] : found.state;
    expect(known).toEqual(await expectedNumbers(store, partition));
  }
};

/** Lets an engine rebuild while events are appended, each of its calls and answers in its turn. */
const assertEnginesDoNotDisturb = (
  mutate: (store: ProjectionStore) => ProjectionStore,
  runs: fc.Parameters<unknown>,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      writings('with poison'),
      fc.nat({ max: 8 }),
      async (scheduler, all, rebuildAt) => {
        const store = createInMemoryEventStore({ inline: [tallyWith()] });
        const write = createWriter(store);
        const turn = (label: string): Promise<void> => scheduler.schedule(Promise.resolve(), label);
        const scheduled = <Target extends object>(target: Target): Target =>
          new Proxy(target, {
            get:
              (methods, method) =>
              async (...request: readonly unknown[]): Promise<unknown> => {
                await turn(String(method));
                const answer = await (
                  methods[method as keyof Target] as (...all: readonly unknown[]) => unknown
                )(...request);
                await turn(`answer to ${String(method)}`);
                return answer;
              },
          });
        const start = (): ProjectionEngine =>
          createProjectionEngine({
            store: scheduled({ readAll: (options?: ReadAllOptions) => store.readAll(options) }),
            projectionStore: scheduled(mutate(store.projections)),
            projections: [tallyWith()],
            // Every claim has run out at once.
            ...{ leaseMs: 0, batchSize: 1 },
          });
        const perform = async (): Promise<void> => {
          const engine = start();
          const running: Promise<unknown>[] = [];
          for (const [index, writing] of all.entries()) {
            if (index === rebuildAt) running.push(engine.rebuild('tally').then(() => engine.run()));
            await turn('append');
            await write(writing);
            await expectFold(store);
          }
          await Promise.all(running);
          await expectFold(store);
        };
        await scheduler.waitFor(perform());
      },
    ),
    runs as fc.Parameters<[fc.Scheduler, readonly Writing[], number]>,
  );

describe('an engine beside inline projections', () => {
  it('neither loses nor repeats an event, whatever is appended between its calls', async () => {
    await assertEnginesDoNotDisturb((store) => store, { numRuns: 150 });
  });

  it('would, if it wrote a batch whatever had been appended meanwhile', async () => {
    const careless = (store: ProjectionStore): ProjectionStore => ({
      ...store,
      commit: async (id, commit) => {
        const now = (await store.generations()).find(({ generation }) => generation === id.generation);
        return store.commit(id, { ...commit, from: now?.position });
      },
    });
    await expect(
      assertEnginesDoNotDisturb(careless, { numRuns: 2000, endOnFailure: true }),
    ).rejects.toMatchObject(failedExpectation);
  });
});
