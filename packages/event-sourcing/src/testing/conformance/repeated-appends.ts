import assert from 'node:assert/strict';
import type { AppendResult } from '../../event-store/event-store';
import { testOnStore, type EventStoreConformanceTest } from '../conformance-test';
import { assertStreamHolds, firstOf, headOf, logAfter, newEvent, newEvents } from './events';
import { refusesAs, refusesWith } from './refusal';

/** The same place, and said to be a repetition, so that nobody takes what was just given for what is there. */
const assertRepeats = (result: AppendResult, first: AppendResult): void => {
  assert.deepEqual(result, { ...first, mayBeRepetition: true });
};

export const repeatedAppends: readonly EventStoreConformanceTest[] = [
  testOnStore(
    'a repeated append returns what the first one returned and adds nothing',
    async ({ store, stream }) => {
      const events = newEvents(3);
      const before = await headOf(store);
      const first = await store.append(stream(), 'no-stream', events);
      assertRepeats(await store.append(stream(), 'no-stream', events), first);
      assertRepeats(await store.append(stream(), 0, events), first);
      await assertStreamHolds(store, stream(), events);
      assert.equal((await logAfter(store, before)).filter((event) => event.stream === stream()).length, 3);
    },
  ),

  testOnStore('it does so also after more events were appended', async ({ store, stream }) => {
    const [first, second, third] = [newEvents(2), newEvents(2), newEvents(1)];
    await store.append(stream(), 'no-stream', first);
    const result = await store.append(stream(), 2, second);
    await store.append(stream(), 4, third);
    assert.equal(result.version, 4);
    assertRepeats(await store.append(stream(), 2, second), result);
    await assertStreamHolds(store, stream(), [...first, ...second, ...third]);
  }),

  testOnStore(
    'of two appends at once with the same events both succeed and one is stored',
    async ({ store, stream }) => {
      const events = newEvents(2);
      const append = (): ReturnType<typeof store.append> => store.append(stream(), 'no-stream', events);
      const [one, other] = await Promise.all([append(), append()]);
      assert.equal(one.mayBeRepetition || other.mayBeRepetition, true);
      assertRepeats({ ...one, mayBeRepetition: true }, other);
      await assertStreamHolds(store, stream(), events);
    },
  ),

  testOnStore('what was stored first stays, whatever data a repetition brings', async ({ store, stream }) => {
    const event = newEvent({ data: { said: 'first' } });
    const result = await store.append(stream(), 'no-stream', [event]);
    assertRepeats(
      await store.append(stream(), 'no-stream', [{ ...event, data: { said: 'second' } }]),
      result,
    );
    await assertStreamHolds(store, stream(), [event]);
  }),

  testOnStore('an append of which only a part is there is a conflict', async ({ store, stream }) => {
    const events = newEvents(3);
    await store.append(stream(), 'no-stream', events.slice(0, 2));
    await refusesAs(store.append(stream(), 'no-stream', events), {
      kind: 'version-conflict',
      stream: stream(),
      expected: 'no-stream',
      actual: 2,
    });
    await refusesWith(store.append(stream(), 1, events.slice(1)), 'version-conflict');
    await assertStreamHolds(store, stream(), events.slice(0, 2));
  }),

  testOnStore('the same events in another order are a conflict', async ({ store, stream }) => {
    const events = newEvents(2);
    await store.append(stream(), 'no-stream', events);
    await refusesWith(store.append(stream(), 'no-stream', events.toReversed()), 'version-conflict');
    await assertStreamHolds(store, stream(), events);
  }),

  testOnStore(
    'an event id that stands in another stream is refused, with the whole append',
    async ({ store, stream }) => {
      const known = newEvent();
      await store.append(stream('a'), 'no-stream', [known]);
      await refusesAs(
        store.append(stream('b'), 'no-stream', [newEvent(), { ...newEvent(), eventId: known.eventId }]),
        {
          kind: 'duplicate-event-id',
          eventId: known.eventId,
          stream: stream('b'),
        },
      );
      await assertStreamHolds(store, stream('b'), []);
      await assertStreamHolds(store, stream('a'), [known]);
    },
  ),

  testOnStore(
    'an event id that stands earlier in the stream is refused at its end',
    async ({ store, stream }) => {
      const events = newEvents(2);
      await store.append(stream(), 'no-stream', events);
      await refusesAs(store.append(stream(), 2, [firstOf(events)]), {
        kind: 'duplicate-event-id',
        eventId: firstOf(events).eventId,
        stream: stream(),
      });
      await assertStreamHolds(store, stream(), events);
    },
  ),
];
