import assert from 'node:assert/strict';
import { comparePositions } from '../../event-store/position';
import { testOnStore, type EventStoreConformanceTest, type Scenario } from '../conformance-test';
import {
  asGiven,
  assertStreamHolds,
  headOf,
  idsOf,
  lastOf,
  logAfter,
  newEvents,
  plant,
  wholeStream,
} from './events';
import { followToHead } from './follow';
import { refusesAs, refusesWith } from './refusal';

/** A test of erasing, where there is such a thing; elsewhere the test is that erasing is refused and changes nothing. */
const whereErasable = (
  title: string,
  body: (scenario: Scenario) => Promise<void>,
): EventStoreConformanceTest =>
  testOnStore(`${title} (if streams can be erased)`, async (scenario) => {
    const { store, stream } = scenario;
    if (store.capabilities.eraseStream) return body(scenario);
    const events = newEvents(2);
    await store.append(stream(), 'no-stream', events);
    await refusesWith(store.eraseStream(stream()), 'not-supported');
    await assertStreamHolds(store, stream(), events);
  });

export const erasing: readonly EventStoreConformanceTest[] = [
  whereErasable(
    'an erased stream is gone from stream, log and subscriptions, others stay',
    async (scenario) => {
      const { store, stream } = scenario;
      const after = await headOf(store);
      await plant(store, stream('a'), 3);
      await plant(store, stream('b'), 2);
      await store.append(stream('a'), 3, newEvents(1));
      const kept = await wholeStream(store, stream('b'));
      await store.eraseStream(stream('a'));
      assert.equal(kept.length, 2);
      assert.deepEqual(await store.readStream(stream('a')), { events: [], next: 0, atEnd: true });
      assert.deepEqual(await wholeStream(store, stream('b')), kept);
      const prefix = { streamPrefix: stream('') };
      assert.deepEqual((await store.readAll({ after, filter: prefix })).events, kept);
      assert.deepEqual(
        (await logAfter(store, after)).filter((event) => event.stream === stream('a')),
        [],
      );
      assert.deepEqual((await followToHead(scenario, { after, filter: prefix })).events, kept);
    },
  ),

  whereErasable('nothing comes back under the name of an erased stream', async ({ store, stream }) => {
    const events = await plant(store, stream(), 2);
    assert.equal(events.length, 2);
    await store.eraseStream(stream());
    const closed = { kind: 'stream-closed', stream: stream() } as const;
    await refusesAs(store.append(stream(), 'no-stream', newEvents(1)), closed);
    await refusesAs(store.append(stream(), 2, newEvents(1)), closed);
    await refusesAs(store.append(stream(), 'no-stream', events.map(asGiven)), closed);
    await assertStreamHolds(store, stream(), []);
  }),

  whereErasable('erasing again, or what never existed, does no harm', async ({ store, stream }) => {
    const kept = newEvents(2);
    await store.append(stream('b'), 'no-stream', kept);
    await plant(store, stream('a'), 1);
    for (const name of ['a', 'a', 'never']) await store.eraseStream(stream(name));
    await assertStreamHolds(store, stream('a'), []);
    await assertStreamHolds(store, stream('b'), kept);
  }),

  whereErasable(
    'positions of erased events stay good to read on from, and are not used again',
    async (scenario) => {
      const { store, stream } = scenario;
      const erased = await plant(store, stream('a'), 3);
      const { position } = lastOf(erased);
      await store.eraseStream(stream('a'));
      const later = await plant(store, stream('b'), 2);
      assert.ok(later.every((event) => comparePositions(event.position, position) > 0));
      for (const event of erased) {
        const filter = { streamPrefix: stream('') };
        const followed = await followToHead(scenario, { after: event.position, filter });
        assert.deepEqual(idsOf(followed.events), idsOf(later));
      }
    },
  ),

  whereErasable('a subscriber that has caught up before goes on undisturbed', async (scenario) => {
    const { store, stream } = scenario;
    await plant(store, stream('a'), 2);
    const after = await headOf(store);
    await store.eraseStream(stream('a'));
    const later = await plant(store, stream('b'), 1);
    assert.deepEqual((await followToHead(scenario, { after })).events, later);
  }),

  whereErasable('an erased stream stays erased for other handles and after reopening', async (scenario) => {
    const { store, open, stream } = scenario;
    await plant(store, stream(), 2);
    await store.eraseStream(stream());
    await assertStreamHolds(store, stream(), []);
    if (!store.capabilities.durable) return;
    await store.close();
    const reopened = await open();
    await assertStreamHolds(reopened, stream(), []);
    await refusesWith(reopened.append(stream(), 'no-stream', newEvents(1)), 'stream-closed');
  }),
];
