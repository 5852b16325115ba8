import assert from 'node:assert/strict';
import type { EventStore, RecordedEvent } from '../../event-store/event-store';
import { comparePositions, type Position } from '../../event-store/position';
import { testOnStore, type EventStoreConformanceTest } from '../conformance-test';
import { asGiven, headOf, idsOf, lastOf, logAfter, newEvents, plant, wholeStream } from './events';
import { refusesWith } from './refusal';

const streamByPagesOf = async (
  store: EventStore,
  stream: string,
  limit: number,
): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for (let after = 0; ;) {
    const page = await store.readStream(stream, { after, limit });
    assert.ok(page.events.length <= limit, 'Expected at most as many events as the limit says.');
    events.push(...page.events);
    if (page.events.length > 0) assert.equal(page.next, lastOf(page.events).version);
    if (page.atEnd) return events;
    assert.ok(page.next > after, 'Expected every page but the last to get on.');
    after = page.next;
  }
};

const logByPagesOf = async (
  store: EventStore,
  from: Position | undefined,
  limit: number,
): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for (let after = from; ;) {
    const page = await store.readAll({ after, limit });
    assert.ok(page.events.length <= limit, 'Expected at most as many events as the limit says.');
    events.push(...page.events);
    if (page.atHead) return events;
    assert.ok(page.next !== undefined && page.next !== after, 'Expected every page but the last to get on.');
    after = page.next;
  }
};

export const reading: readonly EventStoreConformanceTest[] = [
  testOnStore('the log holds all streams in the order of appending', async ({ store, stream }) => {
    const before = await headOf(store);
    const [one, two, three] = [newEvents(2), newEvents(1), newEvents(2)];
    await store.append(stream('a'), 'no-stream', one);
    await store.append(stream('b'), 'no-stream', two);
    await store.append(stream('a'), 2, three);
    const log = (await logAfter(store, before)).filter((event) => event.stream.startsWith(stream('')));
    assert.deepEqual(log.map(asGiven), [...one, ...two, ...three]);
    assert.deepEqual(
      log.map((event) => [event.stream, event.version]),
      [
        [stream('a'), 1],
        [stream('a'), 2],
        [stream('b'), 1],
        [stream('a'), 3],
        [stream('a'), 4],
      ],
    );
    assert.deepEqual(
      log.toSorted((left, right) => comparePositions(left.position, right.position)),
      log,
    );
    assert.equal(new Set(log.map(({ position }) => position)).size, log.length);
  }),

  testOnStore(
    'a stream and the log tell of an event in the same words, every time',
    async ({ store, stream }) => {
      const before = await headOf(store);
      const fromStream = await plant(store, stream(), 3);
      const fromLog = (await logAfter(store, before)).filter((event) => event.stream === stream());
      assert.equal(fromStream.length, 3);
      assert.deepEqual(fromLog, fromStream);
      assert.deepEqual(await wholeStream(store, stream()), fromStream);
    },
  ),

  ...[1, 2, 3, 7, 8].map((limit) =>
    testOnStore(
      `a stream and the log of 7 events can be read in pages of ${limit}`,
      async ({ store, stream }) => {
        const before = await headOf(store);
        const events = await plant(store, stream(), 7);
        assert.equal(events.length, 7);
        assert.deepEqual(await streamByPagesOf(store, stream(), limit), events);
        const log = await logByPagesOf(store, before, limit);
        assert.deepEqual(
          log.filter((event) => event.stream === stream()),
          events,
        );
      },
    ),
  ),

  testOnStore(
    'the page of a stream says where to go on and whether that was all',
    async ({ store, stream }) => {
      const events = await plant(store, stream(), 3);
      const [first, exact, none] = [
        await store.readStream(stream(), { limit: 2 }),
        await store.readStream(stream(), { after: 1, limit: 2 }),
        await store.readStream(stream(), { after: 3 }),
      ];
      assert.deepEqual(first, { events: events.slice(0, 2), next: 2, atEnd: false });
      assert.deepEqual(exact, { events: events.slice(1), next: 3, atEnd: true });
      assert.deepEqual(none, { events: [], next: 3, atEnd: true });
    },
  ),

  testOnStore(
    'a stream that does not exist has no events, before and beside one that does',
    async (scenario) => {
      const { store, stream } = scenario;
      const nothing = { events: [], next: 0, atEnd: true };
      assert.deepEqual(await store.readStream(stream('none')), nothing);
      await plant(store, stream('none-'), 1);
      assert.deepEqual(await store.readStream(stream('none')), nothing);
    },
  ),

  testOnStore(
    'the page of the log says where to go on and whether that was all',
    async ({ store, stream }) => {
      await plant(store, stream(), 1);
      const before = await headOf(store);
      const events = await plant(store, stream('b'), 2);
      const [first, all] = [
        await store.readAll({ after: before, limit: 1 }),
        await store.readAll({ after: before }),
      ];
      assert.deepEqual(idsOf(first.events), idsOf(events.slice(0, 1)));
      assert.equal(first.atHead, false);
      assert.deepEqual(idsOf(all.events), idsOf(events));
      assert.equal(all.atHead, true);
      assert.equal(all.next, await headOf(store));
      assert.deepEqual(await store.readAll({ after: all.next }), {
        events: [],
        next: all.next,
        atHead: true,
      });
    },
  ),

  testOnStore('without a limit a page holds at most 1,000 events', async ({ store, stream }) => {
    const before = await headOf(store);
    for (const version of [0, 400, 800]) await store.append(stream(), version, newEvents(400));
    const [ofStream, ofLog] = [await store.readStream(stream()), await store.readAll({ after: before })];
    assert.ok(ofStream.events.length <= 1000 && !ofStream.atEnd);
    assert.ok(ofLog.events.length <= 1000 && !ofLog.atHead);
    assert.equal((await wholeStream(store, stream())).length, 1200);
    assert.equal((await logAfter(store, before)).filter((event) => event.stream === stream()).length, 1200);
  }),

  testOnStore('a page of no events, or of half of one, is refused', async ({ store, stream }) => {
    const events = await plant(store, stream(), 2);
    for (const limit of [0, -1, 1.5, Number.NaN]) {
      await refusesWith(store.readStream(stream(), { limit }), 'invalid-read');
      await refusesWith(store.readAll({ limit }), 'invalid-read');
    }
    for (const after of [-1, 0.5, Number.NaN]) {
      await refusesWith(store.readStream(stream(), { after }), 'invalid-read');
    }
    assert.deepEqual(await wholeStream(store, stream()), events);
  }),
];
