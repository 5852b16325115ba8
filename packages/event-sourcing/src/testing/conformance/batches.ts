import assert from 'node:assert/strict';
import { comparePositions } from '../../event-store/position';
import { testOnStore, type EventStoreConformanceTest } from '../conformance-test';
import { assertStreamHolds, firstOf, lastOf, newEvent, newEvents, plant, wholeStream } from './events';
import { pauseMs } from './follow';
import { refusesWith } from './refusal';

export const batches: readonly EventStoreConformanceTest[] = [
  testOnStore('a batch gets consecutive versions and ascending positions', async ({ store, stream }) => {
    const events = newEvents(50);
    const result = await store.append(stream(), 'no-stream', events);
    await assertStreamHolds(store, stream(), events);
    const found = await wholeStream(store, stream());
    assert.equal(result.version, 50);
    assert.equal(result.position, lastOf(found).position);
    found.slice(1).forEach((event, index) => {
      const before = found[index];
      assert.ok(before !== undefined && comparePositions(before.position, event.position) < 0);
    });
  }),

  testOnStore('a batch of 500 events is taken, one of 501 is not', async ({ store, stream }) => {
    const events = newEvents(500);
    await store.append(stream(), 'no-stream', events);
    await refusesWith(store.append(stream('b'), 'no-stream', newEvents(501)), 'invalid-append');
    await assertStreamHolds(store, stream(), events);
    await assertStreamHolds(store, stream('b'), []);
  }),

  testOnStore('a batch is stored whole or not at all', async ({ store, stream }) => {
    const [known] = await plant(store, stream('a'), 1);
    const batch = [...newEvents(10), { ...newEvent(), eventId: known?.eventId ?? newEvent().eventId }];
    await refusesWith(store.append(stream('b'), 'no-stream', batch), 'duplicate-event-id');
    await assertStreamHolds(store, stream('b'), []);
    const rest = batch.slice(0, 10);
    await store.append(stream('b'), 'no-stream', rest);
    await assertStreamHolds(store, stream('b'), rest);
  }),

  testOnStore('a reader never sees a part of a batch', async ({ store, stream, meanwhile, patienceMs }) => {
    const write = async (): Promise<void> => {
      for (let version = 0; version < 60; version += 3) await store.append(stream(), version, newEvents(3));
    };
    meanwhile(write);
    const deadline = Date.now() + patienceMs;
    let seen = 0;
    while (seen < 60 && Date.now() < deadline) {
      const { events } = await store.readStream(stream());
      assert.equal(events.length % 3, 0);
      assert.ok(events.length >= seen, 'Expected a stream to grow only.');
      seen = events.length;
      await pauseMs(0);
    }
    assert.equal(seen, 60);
  }),

  testOnStore('an event id that comes twice in one batch is refused', async ({ store, stream }) => {
    const events = newEvents(2);
    await refusesWith(store.append(stream(), 'no-stream', [...events, firstOf(events)]), 'invalid-append');
    await store.append(stream(), 'no-stream', events);
    await assertStreamHolds(store, stream(), events);
  }),
];
