import assert from 'node:assert/strict';
import type { EventStore, RecordedEvent, SubscriptionBatch } from '../../event-store/event-store';
import type { Position } from '../../event-store/position';
import { testOnStore, type EventStoreConformanceTest } from '../conformance-test';
import { headOf, newEvents, plant, wholeStream } from './events';
import { eventsIn, followToHead, within } from './follow';

interface Stopped {
  readonly events: readonly RecordedEvent[];
  readonly batchesAfterStop: number;
}

/** Follows until `stopWhen` has aborted the signal and the subscription has ended by itself. */
const followWithSignal = async (
  store: EventStore,
  after: Position | undefined,
  stopWhen: (batch: SubscriptionBatch, stop: () => void) => void,
): Promise<Stopped> => {
  const controller = new AbortController();
  const events: RecordedEvent[] = [];
  let batchesAfterStop = 0;
  for await (const batch of store.subscribe({ after, signal: controller.signal })) {
    if (controller.signal.aborted) batchesAfterStop += 1;
    events.push(...eventsIn([batch]));
    stopWhen(batch, () => {
      controller.abort();
    });
  }
  return { events, batchesAfterStop };
};

export const cancelling: readonly EventStoreConformanceTest[] = [
  testOnStore('the signal ends a subscription that waits for events, quietly', async (scenario) => {
    const { store, stream, patienceMs } = scenario;
    const after = await headOf(store);
    const events = await plant(store, stream(), 2);
    const following = followWithSignal(store, after, ({ kind }, stop) => {
      if (kind === 'caught-up') setTimeout(stop, 50);
    });
    const stopped = await within(patienceMs, 'the subscription to end', following);
    assert.deepEqual(
      stopped.events.filter((event) => event.stream === stream()),
      events,
    );
    assert.equal(stopped.batchesAfterStop, 0);
  }),

  testOnStore('the signal ends it while the subscriber holds a batch: no other follows', async (scenario) => {
    const { store, stream, patienceMs } = scenario;
    const after = await headOf(store);
    const events = await plant(store, stream(), 2);
    const following = followWithSignal(store, after, ({ kind }, stop) => {
      if (kind === 'events') stop();
    });
    const stopped = await within(patienceMs, 'the subscription to end', following);
    assert.deepEqual(stopped.events, events);
    assert.equal(stopped.batchesAfterStop, 0);
  }),

  testOnStore('with a signal that was given before, it delivers nothing', async (scenario) => {
    const { store, stream, patienceMs } = scenario;
    const after = await headOf(store);
    const events = await plant(store, stream(), 2);
    const follow = async (signal: AbortSignal): Promise<number> => {
      let batches = 0;
      for await (const batch of store.subscribe({ after, signal })) batches += eventsIn([batch]).length + 1;
      return batches;
    };
    assert.equal(await within(patienceMs, 'the subscription to end', follow(AbortSignal.abort())), 0);
    assert.deepEqual((await followToHead(scenario, { after })).events, events);
  }),

  testOnStore(
    'a subscriber that leaves the loop disturbs neither the store nor other subscribers',
    async (scenario) => {
      const { store, stream } = scenario;
      const after = await headOf(store);
      await plant(store, stream(), 3);
      for (let round = 0; round < 20; round += 1) {
        for await (const batch of store.subscribe({ after })) {
          assert.equal(eventsIn([batch]).length, 3);
          break;
        }
      }
      await store.append(stream(), 3, newEvents(1));
      const followed = await followToHead(scenario, { after });
      assert.deepEqual(followed.events, await wholeStream(store, stream()));
      assert.equal(followed.events.length, 4);
    },
  ),
];
