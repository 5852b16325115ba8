import assert from 'node:assert/strict';
import type { RecordedEvent } from '../../event-store/event-store';
import type { Instant } from '../../values/instant';
import type { Json, JsonObject } from '../../values/json';
import { testOnStore, type EventStoreConformanceTest } from '../conformance-test';
import { firstOf, headOf, lastOf, logAfter, newEvent, newEvents, newId, plant, wholeStream } from './events';

const nested = (depth: number): Json => (depth === 0 ? ['bottom'] : { deeper: [nested(depth - 1)] });

const values: readonly (readonly [what: string, data: JsonObject])[] = [
  ['letters of many scripts', { text: 'Zażółć gęślą jaźń, Ωμέγα, שלום, 日本語, नमस्ते, e\u0301 and \u00e9' }],
  ['characters outside the basic plane', { text: '😀👩‍👩‍👧‍👦𝒳\u{10ffff}' }],
  [
    'control characters and line separators',
    { text: '\u0000\u0001\b\t\n\r\u001f\u007f\u0085\u2028\u2029\ufeff' },
  ],
  ['quotes and backslashes', { text: `"'\\\\\\"/\`$\{x} -- ;DROP` }],
  ['a half of a surrogate pair', { text: 'a\ud83db' }],
  ['deep nesting', { top: nested(40) }],
  [
    'large and small numbers',
    { list: [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 1.7976931348623157e308, 5e-324] },
  ],
  ['fractions', { list: [0.1, 0.1 + 0.2, -1.5e-10, 1e21] }],
  ['empty things', { text: '', list: [], object: {}, nothing: null, no: false, zero: 0 }],
  ['text that looks like something else', { a: '2026-03-29T00:00:00.000Z', b: '1', c: 'null', d: '{"x":1}' }],
  [
    'odd names of members',
    JSON.parse('{"__proto__":{"x":1},"constructor":1,"":2,"a.b":3,"$ref":4}') as JsonObject,
  ],
];

const recordedData = async (
  scenario: Parameters<Parameters<typeof testOnStore>[1]>[0],
  data: JsonObject,
): Promise<JsonObject> => {
  await scenario.store.append(scenario.stream(), 'no-stream', [newEvent({ data })]);
  return firstOf(await wholeStream(scenario.store, scenario.stream())).data;
};

export const fidelity: readonly EventStoreConformanceTest[] = [
  ...values.map(([what, data]) =>
    testOnStore(`${what} come back as they were given`, async (scenario) => {
      const found = await recordedData(scenario, data);
      assert.deepEqual(found, data);
      assert.equal(JSON.stringify(found), JSON.stringify(data));
    }),
  ),

  testOnStore('members keep their order', async (scenario) => {
    const data = { zebra: 1, apple: 2, Mango: { b: 1, a: 2 }, list: [{ y: 1, x: 2 }] };
    assert.equal(JSON.stringify(await recordedData(scenario, data)), JSON.stringify(data));
  }),

  testOnStore('metadata come back as they were given, with a trace or without', async ({ store, stream }) => {
    const plain = newEvent();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const traced = newEvent({ metadata: { ...plain.metadata, commandId: newId(), traceparent } });
    await store.append(stream(), 'no-stream', [plain, traced]);
    const found = (await wholeStream(store, stream())).map(({ metadata }) => metadata);
    assert.deepEqual(found, [plain.metadata, traced.metadata]);
  }),

  testOnStore('what the caller changes after the call is not stored', async ({ store, stream }) => {
    const data = { list: ['given'] };
    const event = newEvent({ data });
    const events = [event];
    const appending = store.append(stream(), 'no-stream', events);
    data.list.push('later');
    events.push(newEvent());
    await appending;
    assert.deepEqual(
      (await wholeStream(store, stream())).map((each) => each.data),
      [{ list: ['given'] }],
    );
  }),

  testOnStore('what a reader does to an event does not reach the store', async ({ store, stream }) => {
    await store.append(stream(), 'no-stream', [newEvent({ data: { list: ['given'] } })]);
    const change = (event: RecordedEvent): void => {
      const { list } = event.data as { list: string[] };
      try {
        list.push('changed');
      } catch {
        assert.ok(Object.isFrozen(list));
      }
    };
    change(firstOf(await wholeStream(store, stream())));
    assert.deepEqual(firstOf(await wholeStream(store, stream())).data, { list: ['given'] });
  }),

  testOnStore('the time of recording is that of the store’s clock', async ({ store, stream, time }) => {
    const before = await headOf(store);
    time.now = '2026-03-29T01:00:00.000Z' as Instant;
    await store.append(stream(), 'no-stream', newEvents(2));
    time.now = '2031-12-31T23:59:59.999Z' as Instant;
    await store.append(stream(), 2, newEvents(1));
    const expected = ['2026-03-29T01:00:00.000Z', '2026-03-29T01:00:00.000Z', '2031-12-31T23:59:59.999Z'];
    const [fromStream, fromLog] = [await wholeStream(store, stream()), await logAfter(store, before)];
    assert.deepEqual(
      fromStream.map(({ recordedAt }) => recordedAt),
      expected,
    );
    assert.deepEqual(
      fromLog.filter((event) => event.stream === stream()).map(({ recordedAt }) => recordedAt),
      expected,
    );
  }),

  testOnStore(
    'no event is dated before the one that precedes it in the log',
    async ({ store, stream, time }) => {
      time.now = '2031-12-31T23:59:59.999Z' as Instant;
      await store.append(stream(), 'no-stream', newEvents(1));
      time.now = '2026-03-29T01:00:00.000Z' as Instant;
      await store.append(stream(), 1, newEvents(1));
      assert.equal(lastOf(await wholeStream(store, stream())).recordedAt, '2031-12-31T23:59:59.999Z');
    },
  ),

  testOnStore('a clock that is set back does not make the log say so', async ({ store, stream, time }) => {
    time.now = '2031-12-31T23:59:59.999Z' as Instant;
    await store.append(stream(), 'no-stream', newEvents(1));
    time.now = '2026-03-29T01:00:00.000Z' as Instant;
    await store.append(stream(), 1, newEvents(1));
    const times = (await wholeStream(store, stream())).map(({ recordedAt }) => recordedAt);
    assert.deepEqual(times, ['2031-12-31T23:59:59.999Z', '2031-12-31T23:59:59.999Z']);
  }),

  testOnStore('a repeated append keeps the time of the first', async ({ store, stream, time }) => {
    const [event] = await plant(store, stream(), 1);
    time.now = '2031-12-31T23:59:59.999Z' as Instant;
    assert.ok(event !== undefined);
    await store.append(stream(), 'no-stream', [event]);
    assert.equal(lastOf(await wholeStream(store, stream())).recordedAt, event.recordedAt);
  }),
];
