import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventStore } from '../event-store/event-store';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import { createInMemoryProjection, type InMemoryProjection } from './in-memory-projection';
import { failedExpectation } from '../testing/failed-expectation';
import { createWriter, notes, type Notes } from '../testing/sample-notes';

type Asking = 'catchUp' | 'waitFor';
type Wrap = (projection: InMemoryProjection<Notes>) => InMemoryProjection<Notes>;

const steps = fc.array(fc.constantFrom<(Asking | 'write')[]>('write', 'catchUp', 'waitFor'), {
  maxLength: 14,
});

const numbersUpTo = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => 100 + index);

/** A store whose answers wait their turn; `readersMax` is how many waited at once. */
const scheduledPages = (
  store: EventStore,
  scheduler: fc.Scheduler,
): { readonly readAll: EventStore['readAll']; readonly readersMax: () => number } => {
  let [readers, readersMax] = [0, 0];
  return {
    readersMax: () => readersMax,
    readAll: async (options) => {
      readers += 1;
      readersMax = Math.max(readersMax, readers);
      await scheduler.schedule(Promise.resolve(), 'readAll');
      const page = await store.readAll({ ...options, limit: 2 });
      await scheduler.schedule(Promise.resolve(), 'page');
      readers -= 1;
      return page;
    },
  };
};

/** That whoever catches up or waits finds everything that was written before the call, once and in order. */
const assertCurrent = (wrap: Wrap = (projection) => projection): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.scheduler(), steps, async (scheduler, all) => {
      const store = createInMemoryEventStore();
      const write = createWriter(store);
      const pages = scheduledPages(store, scheduler);
      const projection = wrap(createInMemoryProjection(pages, notes));
      let written = 0;
      const ask: Record<Asking, () => Promise<void>> = {
        catchUp: projection.catchUp,
        waitFor: async () => projection.waitFor((await store.readAll()).next),
      };
      const expectCurrent = async (asking: Asking): Promise<void> => {
        const before = written;
        await ask[asking]();
        const numbers = projection.state()['a'] ?? [];
        expect(numbers.length).toBeGreaterThanOrEqual(before);
        expect(numbers).toEqual(numbersUpTo(numbers.length));
      };
      const perform = async (): Promise<void> => {
        const asked: Promise<void>[] = [];
        for (const step of all) {
          await scheduler.schedule(Promise.resolve(), step);
          if (step !== 'write') {
            asked.push(expectCurrent(step));
            continue;
          }
          await write({ stream: 'a', entries: ['readable'] });
          written += 1;
        }
        await Promise.all(asked);
      };
      await scheduler.waitFor(perform());
      expect(pages.readersMax()).toBeLessThanOrEqual(1);
    }),
    { numRuns: 200 },
  );

/** A projection whose callers join a pass that is under way already. */
const joining: Wrap = (projection) => {
  let pass: Promise<void> | undefined;
  const catchUp = (): Promise<void> => (pass ??= projection.catchUp().finally(() => (pass = undefined)));
  return { ...projection, catchUp };
};

describe('calls that overlap', () => {
  it('each find what was written before them, once and in order, with one reader at a time', async () => {
    await assertCurrent();
  });

  it('would not, if they joined a pass that is under way already', async () => {
    await expect(assertCurrent(joining)).rejects.toMatchObject(failedExpectation);
  });

  it('share one further pass while one is under way', async () => {
    const store = createInMemoryEventStore();
    let reads = 0;
    const projection = createInMemoryProjection(
      {
        readAll: (options) => {
          reads += 1;
          return store.readAll(options);
        },
      },
      notes,
    );
    await Promise.all([1, 2, 3, 4, 5].map(projection.catchUp));
    expect(reads).toBe(2);
  });

  it('go on when the pass before them failed', async () => {
    const store = createInMemoryEventStore();
    await createWriter(store)({ stream: 'a', entries: ['readable'] });
    let reads = 0;
    const projection = createInMemoryProjection(
      {
        readAll: (options) => {
          reads += 1;
          return reads === 1 ? Promise.reject(new TypeError('broken')) : store.readAll(options);
        },
      },
      notes,
    );
    const [first, second] = await Promise.allSettled([projection.catchUp(), projection.catchUp()]);
    expect(first).toMatchObject({ status: 'rejected' });
    expect(second).toMatchObject({ status: 'fulfilled' });
    expect(projection.state()).toEqual({ a: [100] });
  });
});
