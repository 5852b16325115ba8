import assert from 'node:assert/strict';
import type { EventToAppend, ExpectedVersion } from '../../event-store/event-store';
import type { JsonObject } from '../../values/json';
import type { Uuid } from '../../values/uuid';
import { testOnStore, type EventStoreConformanceTest } from '../conformance-test';
import { assertStreamHolds, headOf, logAfter, newEvent } from './events';
import { refusalOf, refusesWith } from './refusal';

const wrongNames: readonly string[] = [
  '',
  'someone@example.org',
  '+48600100200',
  '1st',
  ' a',
  'a b',
  'a/b',
  'a:b',
  '$all',
  'ł',
  'a\n',
  'a\u0000',
  'a'.repeat(201),
];

const cycle: Record<string, unknown> = {};
cycle['self'] = cycle;

/** What the types forbid can still arrive from JavaScript. */
const dataOf = (value: unknown): JsonObject => value as JsonObject;

const wrongEvents: readonly (readonly [what: string, given: Partial<EventToAppend>])[] = [
  ['a BigInt', { data: dataOf({ amount: 1n }) }],
  ['a cycle', { data: dataOf(cycle) }],
  ['a NaN, which JSON would turn into null', { data: { amount: Number.NaN } }],
  ['an infinite number, which JSON would turn into null', { data: { deep: [{ amount: -Infinity }] } }],
  ['an undefined item, which JSON would turn into null', { data: dataOf({ list: [1, undefined] }) }],
  ['a list as data', { data: dataOf([1]) }],
  ['null as data', { data: dataOf(null) }],
  ['no data', { data: dataOf(undefined) }],
  ['an event id in upper case', { eventId: '0B8F9D5C-3A0E-4B7A-9F57-6B1C0A6A4C11' as Uuid }],
  ['an event id that is no UUID', { eventId: 'one' as Uuid }],
  ['an empty type', { type: '' }],
  ['a type with an address in it', { type: 'Sent.someone@example.org' }],
  ['schema version 0', { schemaVersion: 0 }],
  ['schema version 1.5', { schemaVersion: 1.5 }],
];

const wrongExpectations: readonly number[] = [-1, 0.5, Number.NaN, Infinity, 2 ** 53];

export const limits: readonly EventStoreConformanceTest[] = [
  testOnStore(
    'stream names that could hold an address, and other odd ones, are refused',
    async ({ store, stream }) => {
      for (const name of wrongNames) {
        const { code, message } = await refusalOf(store.append(name, 'no-stream', [newEvent()]));
        assert.equal(code, 'invalid-append');
        // The name may be personal data by mistake: the message must not carry it on.
        assert.ok(name.length < 3 || !message.includes(name));
      }
      const [longest, event] = [stream().padEnd(200, 'x'), newEvent()];
      await store.append(longest, 'no-stream', [event]);
      await assertStreamHolds(store, longest, [event]);
    },
  ),

  ...wrongEvents.map(([what, given]) =>
    testOnStore(`an event with ${what} is refused, with the whole append`, async ({ store, stream }) => {
      const good = newEvent();
      await refusesWith(store.append(stream(), 'no-stream', [good, newEvent(given)]), 'invalid-append');
      await assertStreamHolds(store, stream(), []);
      await store.append(stream(), 'no-stream', [good]);
      await assertStreamHolds(store, stream(), [good]);
    }),
  ),

  testOnStore('an append of no events is refused', async ({ store, stream }) => {
    const event = newEvent();
    await refusesWith(store.append(stream(), 'no-stream', []), 'invalid-append');
    await store.append(stream(), 'no-stream', [event]);
    await refusesWith(store.append(stream(), 1, []), 'invalid-append');
    await assertStreamHolds(store, stream(), [event]);
  }),

  testOnStore('an expected version that no stream can have is refused', async ({ store, stream }) => {
    for (const expected of wrongExpectations satisfies readonly ExpectedVersion[]) {
      await refusesWith(store.append(stream(), expected, [newEvent()]), 'invalid-append');
    }
    await assertStreamHolds(store, stream(), []);
    const event = newEvent();
    await store.append(stream(), 'no-stream', [event]);
    await assertStreamHolds(store, stream(), [event]);
  }),

  testOnStore(
    'an append that is too large is refused before anything is written',
    async ({ store, stream }) => {
      const before = await headOf(store);
      const text = 'x'.repeat(600_000);
      const { failure } = await refusesWith(
        store.append(stream(), 'no-stream', [newEvent({ data: { text } }), newEvent({ data: { text } })]),
        'too-large',
      );
      assert.ok(failure.kind === 'too-large' && failure.foundBytes > failure.limitBytes);
      assert.deepEqual(
        (await logAfter(store, before)).filter((event) => event.stream === stream()),
        [],
      );
      const large = newEvent({ data: { text } });
      await store.append(stream(), 'no-stream', [large]);
      await assertStreamHolds(store, stream(), [large]);
    },
  ),

  testOnStore('what counts is the size in bytes, not in letters', async ({ store, stream }) => {
    const event = newEvent({ data: { text: 'ł'.repeat(600_000) } });
    await refusesWith(store.append(stream(), 'no-stream', [event]), 'too-large');
    await assertStreamHolds(store, stream(), []);
    const smaller = { ...event, data: { text: 'ł'.repeat(400_000) } };
    await store.append(stream(), 'no-stream', [smaller]);
    await assertStreamHolds(store, stream(), [smaller]);
  }),
];
