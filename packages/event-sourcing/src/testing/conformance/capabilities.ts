import assert from 'node:assert/strict';
import type { EventStore } from '../../event-store/event-store';
import { isEventStoreError } from '../../event-store/event-store-error';
import { testOnStore, type EventStoreConformanceTest, type Scenario } from '../conformance-test';
import {
  assertStreamHolds,
  asGiven,
  firstOf,
  idsOf,
  newEvent,
  newEvents,
  plant,
  wholeStream,
} from './events';
import { eventsIn, followToHead, followUntil, isCaughtUp, pauseMs } from './follow';
import { refusesWith } from './refusal';

const survives = async ({ store, open, stream, patienceMs }: Scenario): Promise<void> => {
  const events = await plant(store, stream(), 3);
  const [first] = events;
  assert.ok(first !== undefined);
  await store.close();
  const reopened = await open();
  assert.equal(reopened.storeId, store.storeId);
  assert.deepEqual(await wholeStream(reopened, stream()), events);
  const rest = await followToHead(
    { store: reopened, patienceMs },
    { after: first.position, filter: { streamPrefix: stream() } },
  );
  assert.deepEqual(rest.events, events.slice(1));
  assert.equal((await reopened.append(stream(), 'no-stream', events.map(asGiven))).version, 3);
  await refusesWith(reopened.append(stream(), 2, newEvents(1)), 'version-conflict');
  await refusesWith(reopened.append(stream('b'), 'no-stream', [asGiven(first)]), 'duplicate-event-id');
  assert.equal((await reopened.append(stream(), 3, newEvents(1))).version, 4);
};

const ends = async ({ store, open, stream }: Scenario): Promise<void> => {
  const events = await plant(store, stream(), 3);
  assert.equal(events.length, 3);
  await store.close();
  assert.deepEqual(await wholeStream(await open(), stream()), []);
};

const isSharedBy = async (
  one: EventStore,
  other: EventStore,
  { stream, patienceMs, meanwhile }: Scenario,
): Promise<void> => {
  assert.equal(one.storeId, other.storeId);
  const [first, second] = newEvents(2);
  assert.ok(first !== undefined && second !== undefined);
  const { position } = await one.append(stream(), 'no-stream', [first]);
  let isSent = false;
  const followed = await followUntil(
    { store: one, patienceMs },
    { after: position, filter: { streamPrefix: stream() } },
    (batches) => {
      if (isCaughtUp(batches) && !isSent) {
        isSent = true;
        meanwhile(() => pauseMs(20).then(() => other.append(stream(), 1, [second])));
      }
      return eventsIn(batches).length > 0;
    },
  );
  assert.deepEqual(idsOf(followed.events), [second.eventId]);
  await assertStreamHolds(one, stream(), [first, second]);
  await assertStreamHolds(other, stream(), [first, second]);
};

const admitsOneWinner = async (one: EventStore, other: EventStore, stream: string): Promise<void> => {
  for (let version = 0; version < 10; version += 1) {
    const appends = [one, other].map((store) => store.append(stream, version, newEvents(1)));
    const settled = await Promise.allSettled(appends);
    const lost = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    assert.equal(lost.length, 1);
    assert.ok(lost.every((reason) => isEventStoreError(reason) && reason.code === 'version-conflict'));
  }
  assert.equal((await wholeStream(one, stream)).length, 10);
};

/** A second handle is turned away, or shows another store. */
const isNotShared = async ({ store, open, stream }: Scenario): Promise<void> => {
  const events = await plant(store, stream(), 1);
  assert.equal(events.length, 1);
  const other = await open().catch((error: unknown) => {
    assert.ok(isEventStoreError(error));
    return undefined;
  });
  if (other === undefined) return;
  assert.notEqual(other.storeId, store.storeId);
  assert.deepEqual(await wholeStream(other, stream()), []);
  await refusesWith(other.readAll({ after: firstOf(events).position }), 'foreign-position');
};

export const capabilities: readonly EventStoreConformanceTest[] = [
  testOnStore('acknowledged events survive the store if it says so, and only then', (scenario) =>
    scenario.store.capabilities.durable ? survives(scenario) : ends(scenario),
  ),

  testOnStore('several processes may share it if it says so, and only then', async (scenario) => {
    const { store, open, stream } = scenario;
    if (!store.capabilities.manyProcesses) return isNotShared(scenario);
    const other = await open();
    await isSharedBy(store, other, scenario);
    await admitsOneWinner(store, other, stream('race'));
  }),

  testOnStore(
    'a stream can be erased if it says so; otherwise that is refused',
    async ({ store, stream }) => {
      const events = [newEvent(), newEvent()];
      await store.append(stream(), 'no-stream', events);
      await store.append(stream('b'), 'no-stream', newEvents(1));
      if (store.capabilities.eraseStream) {
        await store.eraseStream(stream());
        await assertStreamHolds(store, stream(), []);
      } else {
        await refusesWith(store.eraseStream(stream()), 'not-supported');
        await assertStreamHolds(store, stream(), events);
      }
      assert.equal((await wholeStream(store, stream('b'))).length, 1);
    },
  ),
];
