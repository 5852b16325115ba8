import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventStore, EventToAppend, RecordedEvent } from '../event-store/event-store';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import { newEvent } from '../testing/conformance/events';
import { failedExpectation } from '../testing/failed-expectation';
import { account, accountCodec } from '../testing/sample-account';
import { createAggregateMemory, type AggregateMemory, type LoadedAggregate } from './aggregate-memory';
import { loadAggregate } from './load-aggregate';

type Step =
  | { readonly kind: 'append'; readonly stream: string; readonly amounts: readonly number[] }
  | { readonly kind: 'load'; readonly stream: string }
  | { readonly kind: 'restore' };

const stream = fc.constantFrom('a', 'b', 'c');

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof<{ weight: number; arbitrary: fc.Arbitrary<Step> }[]>(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('append'),
        stream,
        amounts: fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }),
      }),
    },
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('load'), stream }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'restore' }) },
  ),
  { maxLength: 40 },
);

const added = (amount: number): EventToAppend =>
  newEvent({ type: 'Added', data: { amount, seen: 0, fact: 0 }, schemaVersion: 1 });

const append = async (store: EventStore, to: string, amounts: readonly number[]): Promise<void> => {
  const { events } = await store.readStream(to);
  await store.append(to, events.length, amounts.map(added));
};

/** That whoever remembers knows the same as whoever reads everything. */
const assertSame = (
  memoryOf: () => AggregateMemory<number>,
  runs: fc.Parameters<[readonly Step[]]>,
  blind: (store: EventStore, known: () => LoadedAggregate<number> | undefined) => EventStore = (store) =>
    store,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const memory = memoryOf();
      let store = createInMemoryEventStore();
      for (const step of all) {
        if (step.kind === 'append') await append(store, step.stream, step.amounts);
        // An older backup, or none: the same streams, with other events or fewer.
        else if (step.kind === 'restore') store = createInMemoryEventStore();
        else {
          const options = { decider: account, codec: accountCodec };
          const expected = await loadAggregate(store, step.stream, options);
          const found = await loadAggregate(
            blind(store, () => memory.recall(step.stream)),
            step.stream,
            { ...options, memory },
          );
          expect({ ...found, commandIds: [] }).toEqual({ ...expected, commandIds: [] });
          const ids = (layers: typeof found.commandIds): unknown =>
            new Set(layers.flatMap((layer) => [...layer]));
          expect(ids(found.commandIds)).toEqual(ids(expected.commandIds));
        }
      }
    }),
    runs,
  );

describe('an aggregate that is remembered', () => {
  it('is the one that its stream makes, also after the store was restored from an older backup', async () => {
    await assertSame(() => createAggregateMemory(), { numRuns: 300 });
    await assertSame(() => createAggregateMemory({ eventsMax: 5 }), { numRuns: 100 });
  });

  it('would not be, where its last event is taken for granted', async () => {
    // Whatever stands in the store where the last known event was, the loader is told it is that event.
    const blinded = (store: EventStore, known: () => LoadedAggregate<number> | undefined): EventStore => ({
      ...store,
      readStream: async (name, options) => {
        const page = await store.readStream(name, options);
        const { last, version } = known() ?? {};
        if (last === undefined || options?.after !== (version ?? 0) - 1) return page;
        const [first, ...others] = page.events;
        const event = { ...(first ?? added(0)), ...last, stream: name, version } as RecordedEvent;
        return { ...page, events: [event, ...others] };
      },
    });
    await expect(
      assertSame(() => createAggregateMemory(), { numRuns: 500, endOnFailure: true }, blinded),
    ).rejects.toMatchObject(failedExpectation);
  });

  it('costs only what is new', async () => {
    const store = createInMemoryEventStore();
    await append(
      store,
      'a',
      Array.from({ length: 400 }, () => 1),
    );
    let events = 0;
    const counting: Pick<EventStore, 'readStream'> = {
      readStream: async (...request) => {
        const page = await store.readStream(...request);
        events += page.events.length;
        return page;
      },
    };
    const options = { decider: account, codec: accountCodec, memory: createAggregateMemory<number>() };
    await loadAggregate(counting, 'a', options);
    expect(events).toBe(400);
    await append(store, 'a', [5]);
    expect((await loadAggregate(counting, 'a', options)).state).toBe(405);
    expect(events).toBe(402);
  });

  it('goes when there are more events than may be remembered, the one not used for longest first', () => {
    const memory = createAggregateMemory<number>({ eventsMax: 10 });
    const aggregate = { state: 0, version: 4, commandIds: [] };
    for (const name of ['a', 'b', 'a', 'c']) memory.remember(name, aggregate);
    expect(['a', 'b', 'c'].map((name) => memory.recall(name) !== undefined)).toEqual([true, false, true]);
    memory.remember('large', { ...aggregate, version: 11 });
    expect(['a', 'b', 'c', 'large'].every((name) => memory.recall(name) === undefined)).toBe(true);
    memory.remember('a', aggregate);
    expect(memory.recall('a')).toEqual(aggregate);
  });
});
