import assert from 'node:assert/strict';
import type { EventStore } from '../../event-store/event-store';
import { placeOf, positionOf, storeIdOf, type Position, type StoreId } from '../../event-store/position';
import { testOnStore, type EventStoreConformanceTest } from '../conformance-test';
import { headOf, lastOf, logAfter, newEvents, plant } from './events';
import { followToHead } from './follow';
import { refusalOf, refusesWith } from './refusal';

/** The first step of a subscription, which is where a wrong position shows. */
const firstBatchOf = (store: EventStore, after: Position): Promise<unknown> =>
  store.subscribe({ after })[Symbol.asyncIterator]().next();

const elsewhere = (position: Position, storeId: StoreId): Position =>
  positionOf(storeId, ...placeOf(position));

const far = (position: Position): Position =>
  positionOf(storeIdOf(position), ...placeOf(position).map((part) => part + 1_000_000n));

export const positions: readonly EventStoreConformanceTest[] = [
  testOnStore('every position names its store', async ({ store, stream }) => {
    const before = await headOf(store);
    const planted = await plant(store, stream(), 2);
    const result = await store.append(stream(), 2, newEvents(1));
    const places = [...planted, ...(await logAfter(store, before)), result].map(({ position }) => position);
    assert.equal(places.length, 6);
    for (const position of places) assert.equal(storeIdOf(position), store.storeId);
  }),

  testOnStore('a position that was written down and read again still works', async (scenario) => {
    const { store, stream } = scenario;
    const events = await plant(store, stream(), 3);
    const { position } = JSON.parse(JSON.stringify(events[0])) as { position: Position };
    const filter = { streamPrefix: stream() };
    assert.deepEqual((await store.readAll({ after: position, filter })).events, events.slice(1));
    assert.deepEqual((await followToHead(scenario, { after: position, filter })).events, events.slice(1));
  }),

  testOnStore('a position of another store is refused', async ({ store, stream }) => {
    const { position } = lastOf(await plant(store, stream(), 2));
    const foreign = elsewhere(position, 'some-other-store' as StoreId);
    const calls = [() => store.readAll({ after: foreign }), () => firstBatchOf(store, foreign)];
    for (const call of calls) {
      const { failure } = await refusalOf(call());
      assert.deepEqual(failure, {
        kind: 'foreign-position',
        expected: store.storeId,
        found: 'some-other-store',
      });
    }
  }),

  testOnStore(
    'a position beyond the head is refused: the store has lost events',
    async ({ store, stream }) => {
      const { position } = lastOf(await plant(store, stream(), 2));
      await refusesWith(store.readAll({ after: far(position) }), 'position-beyond-head');
      await refusesWith(firstBatchOf(store, far(position)), 'position-beyond-head');
      const { events, atHead } = await store.readAll({ after: position, filter: { streamPrefix: stream() } });
      assert.deepEqual([events, atHead], [[], true]);
    },
  ),
];
