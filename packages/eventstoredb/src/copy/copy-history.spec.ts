import { describe, expect, it } from '@jest/globals';
import { createInMemoryEventStore, type EventStore, type RecordedEvent } from '@mandate/event-sourcing';
import { createFaultStore, plannedFaults } from '@mandate/event-sourcing/testing';
import fc from 'fast-check';
import { newEvent, newEvents } from '../testing/new-events';
import { withStore } from '../testing/store-on-server';
import { copyHistory } from './copy-history';
import { historyDigestOf, lineOf, wholeLog } from './history-lines';
import { isHistoryMismatchError } from './history-mismatch-error';

const linesOf = async (store: EventStore): Promise<readonly string[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of wholeLog(store)) events.push(event);
  return events.map(lineOf);
};

/** Streams that take turns, with appends of several sizes. */
const historyOf = async (
  appends: readonly (readonly [stream: string, count: number])[],
): Promise<EventStore> => {
  const store = createInMemoryEventStore();
  const versions = new Map<string, number>();
  for (const [stream, count] of appends) {
    const version = versions.get(stream) ?? 0;
    await store.append(stream, version, newEvents(count));
    versions.set(stream, version + count);
  }
  return store;
};

const appends = fc.array(
  fc.tuple(fc.constantFrom('order-1', 'order-2', 'Order-1'), fc.integer({ min: 1, max: 5 })),
  {
    maxLength: 12,
  },
);

describe('copying a history', () => {
  it('there and back again keeps every event, its version and its place among all', async () => {
    await fc.assert(
      fc.asyncProperty(appends, async (planned) => {
        const source = await historyOf(planned);
        await withStore({}, async ({ store }) => {
          await copyHistory(source, store);
          expect(await linesOf(store)).toEqual(await linesOf(source));
          const back = createInMemoryEventStore();
          const { events, digest } = await copyHistory(store, back);
          expect(await linesOf(back)).toEqual(await linesOf(source));
          expect({ events, digest }).toEqual(await historyDigestOf(source));
        });
      }),
      { numRuns: 10 },
    );
  });

  it('goes on where it was interrupted, whatever went wrong at which call', async () => {
    await fc.assert(
      fc.asyncProperty(
        appends,
        plannedFaults({
          callsMax: 20,
          faults: ['fail-before', 'lose-request', 'lose-acknowledgement', 'duplicate'],
        }),
        async (planned, faults) => {
          const source = await historyOf(planned);
          const target = createInMemoryEventStore();
          const faulty = createFaultStore(target, { faults });
          // Each attempt meets at least one fault fewer.
          for (let attempts = 0; attempts <= faults.length; attempts += 1) {
            const isDone = await copyHistory(source, faulty).then(
              () => true,
              () => false,
            );
            if (isDone) break;
          }
          expect(await linesOf(target)).toEqual(await linesOf(source));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('copies what has come since the last time', async () => {
    const [source, target] = [await historyOf([['order-1', 3]]), createInMemoryEventStore()];
    await copyHistory(source, target);
    await source.append('order-2', 'no-stream', newEvents(2));
    await source.append('order-1', 3, newEvents(1));
    await expect(copyHistory(source, target)).resolves.toMatchObject({ events: 6 });
    expect(await linesOf(target)).toEqual(await linesOf(source));
  });

  it('splits what is too large for one append', async () => {
    const source = createInMemoryEventStore();
    await source.append('order-1', 'no-stream', newEvents(400));
    const large = Array.from({ length: 4 }, () => newEvent({ data: { text: 'x'.repeat(240_000) } }));
    await source.append('order-1', 400, large);
    await withStore({}, async ({ store }) => {
      await expect(copyHistory(source, store)).resolves.toMatchObject({ events: 404 });
    });
  });

  it('can be stopped between two appends', async () => {
    const source = await historyOf([
      ['order-1', 1],
      ['order-2', 1],
    ]);
    const target = createInMemoryEventStore();
    const stop = new AbortController();
    const copying = copyHistory(source, target, {
      signal: stop.signal,
      onProgress: () => {
        stop.abort();
      },
    });
    await expect(copying).rejects.toMatchObject({ name: 'AbortError' });
    expect((await linesOf(target)).length).toBe(1);
  });

  it.each<[what: string, differ: (target: EventStore, first: RecordedEvent) => Promise<unknown>]>([
    ['other events', (target) => target.append('order-1', 'no-stream', newEvents(1))],
    [
      'the same event with other data',
      (target, first) => target.append(first.stream, 'no-stream', [{ ...first, data: { changed: true } }]),
    ],
    ['the same event in another stream', (target, first) => target.append('order-9', 'no-stream', [first])],
  ])('refuses a target that holds %s, and writes nothing', async (_, differ) => {
    const source = await historyOf([['order-1', 2]]);
    const [first] = (await source.readStream('order-1')).events;
    const target = createInMemoryEventStore();
    await differ(target, first as RecordedEvent);
    const error: unknown = await copyHistory(source, target).catch((reason: unknown) => reason);
    expect(isHistoryMismatchError(error)).toBe(true);
    expect((await linesOf(target)).length).toBe(1);
  });

  it('refuses a target that holds more than the source', async () => {
    const source = await historyOf([['order-1', 2]]);
    const target = createInMemoryEventStore();
    await copyHistory(source, target);
    await target.append('order-1', 2, newEvents(1));
    await expect(copyHistory(source, target)).rejects.toMatchObject({ code: 'history-mismatch' });
  });

  it('notices at its end when the target has not kept what it acknowledged', async () => {
    const source = await historyOf([['order-1', 2]]);
    const forgetful = createInMemoryEventStore();
    const target: EventStore = {
      ...forgetful,
      append: (stream, expected, events) =>
        forgetful.append(
          stream,
          expected,
          events.map((event) => ({ ...event, data: {} })),
        ),
    };
    await expect(copyHistory(source, target)).rejects.toMatchObject({ code: 'history-mismatch' });
  });
});
