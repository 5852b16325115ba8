import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tryAppend, type AppendOutcome } from './append-outcome';
import type { EventStore, EventToAppend } from './event-store';
import { isEventStoreError } from './event-store-error';
import { createInMemoryEventStore } from './in-memory-event-store';
import { idsOf, newEvent, newEvents, wholeStream } from '../testing/conformance/events';
import { failedExpectation } from '../testing/failed-expectation';
import { createFaultStore, plannedFaults, type FaultStore } from '../testing/fault-store';
import type { StoreFault } from '../testing/store-fault';

type TryAppend = typeof tryAppend;

const storeWith = (
  ...faults: readonly (StoreFault | undefined)[]
): { inner: EventStore; store: FaultStore } => {
  const inner = createInMemoryEventStore();
  const planned = faults.flatMap((fault, index) => (fault === undefined ? [] : [{ call: index + 1, fault }]));
  return { inner, store: createFaultStore(inner, { faults: planned }) };
};

describe('appending', () => {
  it('succeeds, and says at which version and position', async () => {
    const { inner, store } = storeWith();
    const outcome = await tryAppend(store, 'a', 0, newEvents(2));
    const last = (await wholeStream(inner, 'a')).at(-1);
    const result = { version: 2, position: last?.position, mayBeRepetition: false };
    expect(outcome).toEqual({ outcome: 'appended', result });
    expect(store.calls()).toEqual(['append']);
  });

  it('is a conflict when another append came first', async () => {
    const { store } = storeWith();
    await store.append('a', 'no-stream', [newEvent()]);
    await expect(tryAppend(store, 'a', 0, [newEvent()])).resolves.toMatchObject({
      outcome: 'conflict',
      error: { failure: { kind: 'version-conflict', actual: 1 } },
    });
  });

  it('is found to have happened when only the acknowledgement was lost, and is not repeated', async () => {
    const { inner, store } = storeWith('lose-acknowledgement');
    const events = newEvents(3);
    const outcome = await tryAppend(store, 'a', 0, events);
    const recorded = await wholeStream(inner, 'a');
    expect(idsOf(recorded)).toEqual(idsOf(events));
    const result = { version: 3, position: recorded[2]?.position, mayBeRepetition: true };
    expect(outcome).toEqual({ outcome: 'appended', result });
    expect(store.calls()).toEqual(['append', 'readStream']);
  });

  it('is found where it was to be written, behind what was there before', async () => {
    const { inner, store } = storeWith(undefined, 'lose-acknowledgement');
    await store.append('a', 'no-stream', newEvents(2));
    expect(await tryAppend(store, 'a', 2, newEvents(1))).toMatchObject({ result: { version: 3 } });
    expect(store.calls()).toEqual(['append', 'append', 'readStream']);
    expect(await wholeStream(inner, 'a')).toHaveLength(3);
  });

  it('is taken for one that happened only if all of it is seen', async () => {
    const { inner, store } = storeWith('lose-acknowledgement');
    const stingy: EventStore = {
      ...store,
      readStream: (stream, options) => store.readStream(stream, { ...options, limit: 1 }),
    };
    expect(await tryAppend(stingy, 'a', 0, newEvents(3))).toMatchObject({ result: { version: 3 } });
    expect(await wholeStream(inner, 'a')).toHaveLength(3);
  });

  it('is found to have happened also when others went on from there', async () => {
    const { inner, store } = storeWith('lose-acknowledgement', 'delay');
    const events = newEvents(2);
    const appending = tryAppend(store, 'a', 0, events);
    await inner.append('b', 'no-stream', [newEvent()]);
    await inner.append('a', 2, newEvents(2));
    expect(await appending).toMatchObject({ outcome: 'appended', result: { version: 2 } });
    expect(await wholeStream(inner, 'a')).toHaveLength(4);
  });

  it('is repeated with the same ids when it did not happen', async () => {
    const { inner, store } = storeWith('lose-request');
    const events = newEvents(2);
    expect(await tryAppend(store, 'a', 0, events)).toMatchObject({
      outcome: 'appended',
      result: { version: 2 },
    });
    expect(idsOf(await wholeStream(inner, 'a'))).toEqual(idsOf(events));
    expect(store.calls()).toEqual(['append', 'readStream', 'append']);
  });

  it('is a conflict when it did not happen and somebody else was faster than its repetition', async () => {
    const { inner, store } = storeWith('lose-request', 'delay');
    const appending = tryAppend(store, 'a', 0, newEvents(2));
    const [rival] = newEvents(1);
    await inner.append('a', 'no-stream', [rival!]);
    expect(await appending).toMatchObject({ outcome: 'conflict' });
    expect(idsOf(await wholeStream(inner, 'a'))).toEqual([rival?.eventId]);
  });

  it('is given up when the repetition has no known outcome either', async () => {
    const { store } = storeWith('lose-request', undefined, 'lose-acknowledgement');
    await expect(tryAppend(store, 'a', 0, newEvents(1))).rejects.toMatchObject({ code: 'outcome-unknown' });
  });

  it.each(['fail-before', 'crash-before', 'crash-after'] as const)(
    'fails as the store does: %s',
    async (fault) => {
      const { store } = storeWith(fault);
      await expect(tryAppend(store, 'a', 0, newEvents(1))).rejects.toMatchObject({ code: 'unavailable' });
      expect(store.calls()).toEqual(['append']);
    },
  );

  it('passes on errors that are not of a store', async () => {
    const store = { ...createInMemoryEventStore(), append: () => Promise.reject(new TypeError('broken')) };
    await expect(tryAppend(store, 'a', 0, newEvents(1))).rejects.toThrow(TypeError);
  });
});

/** A store into which a rival writes right before the append of that number. */
const withRival = (store: EventStore, rivalAt: number): EventStore => {
  let appends = 0;
  return {
    ...store,
    append: async (stream, expected, events) => {
      appends += 1;
      const { length } = await wholeStream(store, stream);
      if (appends === rivalAt) await store.append(stream, length, [newEvent()]);
      return store.append(stream, expected, events);
    },
  };
};

/** Whether the events stand in the stream, all together and once; fails if it is anything but that or nothing. */
const isWritten = async (store: EventStore, events: readonly EventToAppend[]): Promise<boolean> => {
  const ids = idsOf(await wholeStream(store, 'a'));
  const own = ids.filter((id) => idsOf(events).includes(id));
  expect([[], idsOf(events)]).toContainEqual(own);
  const start = ids.indexOf(events[0]!.eventId);
  if (start >= 0) expect(ids.slice(start, start + events.length)).toEqual(own);
  return start >= 0;
};

const tolerated = (error: unknown): undefined => {
  expect(['unavailable', 'outcome-unknown']).toContain(isEventStoreError(error) ? error.code : error);
  return undefined;
};

/** Appends again and again until there is an outcome, which has to be the truth. */
const appendUntilKnown = async (
  append: () => Promise<AppendOutcome>,
  isThere: () => Promise<boolean>,
): Promise<AppendOutcome | undefined> => {
  for (let attempts = 0; attempts < 12; attempts += 1) {
    const outcome = await append().catch(tolerated);
    const isWrittenNow = await isThere();
    if (outcome === undefined) continue;
    expect(isWrittenNow).toBe(outcome.outcome === 'appended');
    return outcome;
  }
  return undefined;
};

/** That an append under whatever faults is written at most once, and that its outcome is the truth. */
const assertTruthful = (append: TryAppend): Promise<void> =>
  fc.assert(
    fc.asyncProperty(
      plannedFaults({ callsMax: 8 }),
      fc.nat({ max: 3 }),
      fc.integer({ min: 1, max: 3 }),
      fc.nat({ max: 4 }),
      async (faults, before, count, rivalAt) => {
        const inner = createInMemoryEventStore();
        if (before > 0) await inner.append('a', 'no-stream', newEvents(before));
        const store = createFaultStore(withRival(inner, rivalAt), { faults });
        const events = newEvents(count);
        const outcome = await appendUntilKnown(
          () => append(store, 'a', before, events),
          () => isWritten(inner, events),
        );
        if (outcome?.outcome !== 'appended') return;
        const { version, position, eventId } = (await wholeStream(inner, 'a'))[before + count - 1]!;
        expect(outcome.result).toMatchObject({ version, position });
        expect(eventId).toBe(events.at(-1)?.eventId);
      },
    ),
    { numRuns: 300 },
  );

const believesInFailure: TryAppend = (store, stream, version, events) =>
  tryAppend(
    { ...store, readStream: () => Promise.resolve({ events: [], next: 0, atEnd: true }) },
    stream,
    version,
    [...events],
  ).catch((error: unknown) => {
    if (isEventStoreError(error) && error.code === 'outcome-unknown') return { outcome: 'conflict', error };
    throw error;
  });

const appendsWithNewIds: TryAppend = async (store, stream, version, events) => {
  const outcome = await tryAppend(store, stream, version, events);
  if (outcome.outcome === 'appended') return outcome;
  const { events: found } = await store.readStream(stream);
  return tryAppend(
    store,
    stream,
    found.length,
    events.map((event) => newEvent({ data: event.data })),
  );
};

describe('under random faults and rivals', () => {
  it('an append is written once or not at all, and its outcome tells which', async () => {
    await assertTruthful(tryAppend);
  });

  it.each([
    ['takes an unknown outcome for a conflict', believesInFailure],
    ['appends somewhere else after a conflict', appendsWithNewIds],
  ])('this finds out an append that %s', async (_, append) => {
    await expect(assertTruthful(append)).rejects.toMatchObject(failedExpectation);
  });
});
