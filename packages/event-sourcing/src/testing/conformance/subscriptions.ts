import assert from 'node:assert/strict';
import type { EventStore, RecordedEvent } from '../../event-store/event-store';
import { comparePositions } from '../../event-store/position';
import { testOnStore, type EventStoreConformanceTest } from '../conformance-test';
import { headOf, idsOf, lastOf, newEvent, newEvents, plant, wholeStream } from './events';
import { eventsIn, followToHead, followUntil, isCaughtUp, pauseMs, within } from './follow';

const appendOneByOne = async (
  store: EventStore,
  stream: string,
  from: number,
  count: number,
): Promise<void> => {
  for (let version = from; version < from + count; version += 1)
    await store.append(stream, version, newEvents(1));
};

export const subscriptions: readonly EventStoreConformanceTest[] = [
  testOnStore('a subscription delivers what is there, then says that it has caught up', async (scenario) => {
    const { store, stream } = scenario;
    const after = await headOf(store);
    const events = await plant(store, stream(), 5);
    const followed = await followToHead(scenario, { after, filter: { streamPrefix: stream('') } });
    assert.deepEqual(followed.events, events);
    assert.equal(followed.batches.filter(({ kind }) => kind === 'caught-up').length, 1);
    assert.equal(lastOf(followed.batches).next, await headOf(store));
  }),

  testOnStore('it delivers a backlog of more than a page in order', async (scenario) => {
    const { store, stream } = scenario;
    const after = await headOf(store);
    for (const version of [0, 500, 1000]) await store.append(stream(), version, newEvents(500));
    const followed = await followToHead(scenario, { after, filter: { streamPrefix: stream() } });
    assert.deepEqual(
      followed.events.map(({ version }) => version),
      Array.from({ length: 1500 }, (_, index) => index + 1),
    );
  }),

  testOnStore(
    'it goes on with what is recorded later, and says again when it has caught up',
    async (scenario) => {
      const { store, stream, meanwhile } = scenario;
      const after = await headOf(store);
      await plant(store, stream(), 2);
      let isLaterWritten = false;
      const followed = await followUntil(
        scenario,
        { after, filter: { streamPrefix: stream() } },
        (batches) => {
          if (isCaughtUp(batches) && !isLaterWritten) {
            isLaterWritten = true;
            meanwhile(() => pauseMs(20).then(() => appendOneByOne(store, stream(), 2, 3)));
          }
          return eventsIn(batches).length >= 5 && isCaughtUp(batches);
        },
      );
      assert.deepEqual(followed.events, await wholeStream(store, stream()));
      assert.ok(followed.batches.filter(({ kind }) => kind === 'caught-up').length >= 2);
    },
  ),

  testOnStore('it neither skips nor repeats an event while others append', async (scenario) => {
    const { store, stream, meanwhile } = scenario;
    const after = await headOf(store);
    const names = ['a', 'b', 'c', 'd'];
    meanwhile(() => Promise.all(names.map((name) => appendOneByOne(store, stream(name), 0, 25))));
    const followed = await followUntil(
      scenario,
      { after, filter: { streamPrefix: stream('') } },
      (batches) => eventsIn(batches).length >= 100,
    );
    const ids = idsOf(followed.events);
    assert.equal(new Set(ids).size, 100);
    assert.equal(ids.length, 100);
    const inOrder = followed.events.toSorted((left, right) =>
      comparePositions(left.position, right.position),
    );
    assert.deepEqual(followed.events, inOrder);
  }),

  testOnStore('it resumes after any event with exactly the rest', async (scenario) => {
    const { store, stream } = scenario;
    const events = await plant(store, stream(), 6);
    assert.equal(events.length, 6);
    for (const [index, { position }] of events.entries()) {
      const followed = await followToHead(scenario, { after: position, filter: { streamPrefix: stream() } });
      assert.deepEqual(followed.events, events.slice(index + 1));
    }
  }),

  testOnStore('it resumes from the position of any of its batches', async (scenario) => {
    const { store, stream } = scenario;
    const after = await headOf(store);
    await plant(store, stream('a'), 3);
    await plant(store, stream('b'), 3);
    const filter = { streamPrefix: stream('') };
    const { batches, events } = await followToHead(scenario, { after, filter });
    assert.equal(events.length, 6);
    for (const [index, { next }] of batches.entries()) {
      const rest = await followToHead(scenario, { after: next, filter });
      assert.deepEqual(rest.events, eventsIn(batches.slice(index + 1)));
    }
  }),

  testOnStore('its marks go past events that the filter left out', async (scenario) => {
    const { store, stream } = scenario;
    await plant(store, stream('wanted'), 1);
    const after = await headOf(store);
    const unwanted = await plant(store, stream('unwanted'), 3);
    const followed = await followToHead(scenario, { after, filter: { streamPrefix: stream('wanted') } });
    assert.deepEqual(followed.events, []);
    const { next } = lastOf(followed.batches);
    assert.ok(next !== undefined && comparePositions(next, lastOf(unwanted).position) >= 0);
  }),

  testOnStore('it wakes for a new event long after it has caught up', async (scenario) => {
    const { store, stream, meanwhile } = scenario;
    const after = await headOf(store);
    const late = newEvent();
    let isSent = false;
    const followed = await followUntil(scenario, { after }, (batches) => {
      if (!isSent) {
        isSent = true;
        meanwhile(() => pauseMs(250).then(() => store.append(stream(), 'no-stream', [late])));
      }
      return idsOf(eventsIn(batches)).includes(late.eventId);
    });
    assert.equal(lastOf(followed.events).eventId, late.eventId);
  }),

  testOnStore('a slow subscriber holds up nobody and misses nothing', async (scenario) => {
    const { store, stream, patienceMs } = scenario;
    const options = { after: await headOf(store), filter: { streamPrefix: stream() } };
    const isEnough = (events: readonly unknown[]): boolean => events.length >= 40;
    const slowly = async (): Promise<readonly RecordedEvent[]> => {
      const seen: RecordedEvent[] = [];
      for await (const batch of store.subscribe(options)) {
        seen.push(...eventsIn([batch]));
        if (isEnough(seen)) break;
        await pauseMs(15);
      }
      return seen;
    };
    const [slow, quick] = await Promise.all([
      within(patienceMs, 'the slow subscriber to get everything', slowly()),
      followUntil(scenario, options, (batches) => isEnough(eventsIn(batches))),
      appendOneByOne(store, stream(), 0, 40),
    ]);
    const written = await wholeStream(store, stream());
    assert.equal(written.length, 40);
    assert.deepEqual(slow, written);
    assert.deepEqual(quick.events, written);
  }),
];
