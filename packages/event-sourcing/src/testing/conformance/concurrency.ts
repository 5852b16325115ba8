import assert from 'node:assert/strict';
import type { AppendResult, EventStore, EventToAppend } from '../../event-store/event-store';
import { isEventStoreError } from '../../event-store/event-store-error';
import { testOnStore, type EventStoreConformanceTest } from '../conformance-test';
import { asGiven, headOf, idsOf, logAfter, newEvent, newEvents, wholeStream } from './events';

const outcomesOf = async (
  appends: readonly Promise<AppendResult>[],
): Promise<{ readonly results: readonly AppendResult[]; readonly reasons: readonly unknown[] }> => {
  const settled = await Promise.allSettled(appends);
  return {
    results: settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])),
    reasons: settled.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : [])),
  };
};

/** Appends at the end of a stream, wherever that is by now. */
const appendSomewhere = async (store: EventStore, stream: string, event: EventToAppend): Promise<void> => {
  for (;;) {
    const version = (await wholeStream(store, stream)).length;
    try {
      await store.append(stream, version, [event]);
      return;
    } catch (error) {
      if (!isEventStoreError(error) || error.code !== 'version-conflict') throw error;
    }
  }
};

export const concurrency: readonly EventStoreConformanceTest[] = [
  testOnStore('of many appends at the same version exactly one happens', async ({ store, stream }) => {
    for (let version = 0; version < 5; version += 1) {
      const rivals = Array.from({ length: 8 }, () => newEvent());
      const { results, reasons } = await outcomesOf(
        rivals.map((event) => store.append(stream(), version, [event])),
      );
      assert.equal(results.length, 1);
      assert.equal(reasons.length, 7);
      assert.ok(reasons.every((reason) => isEventStoreError(reason) && reason.code === 'version-conflict'));
    }
    assert.equal((await wholeStream(store, stream())).length, 5);
  }),

  testOnStore(
    'writers of one stream that try again all get their event in, once',
    async ({ store, stream }) => {
      const events = newEvents(12);
      await Promise.all(events.map((event) => appendSomewhere(store, stream(), event)));
      const found = await wholeStream(store, stream());
      assert.deepEqual(
        found.map(({ version }) => version),
        events.map((_, index) => index + 1),
      );
      assert.deepEqual(new Set(idsOf(found)), new Set(idsOf(events)));
    },
  ),

  testOnStore('writers of many streams do not disturb each other', async ({ store, stream }) => {
    const before = await headOf(store);
    const names = Array.from({ length: 20 }, (_, index) => stream(`s${index}`));
    const planned = new Map(names.map((name) => [name, newEvents(5)]));
    const write = async (name: string): Promise<void> => {
      for (const [version, event] of (planned.get(name) ?? []).entries())
        await store.append(name, version, [event]);
    };
    await Promise.all(names.map(write));
    for (const name of names)
      assert.deepEqual((await wholeStream(store, name)).map(asGiven), planned.get(name));
    const log = (await logAfter(store, before)).filter((event) => planned.has(event.stream));
    assert.equal(log.length, 100);
    assert.equal(new Set(idsOf(log)).size, 100);
  }),

  testOnStore(
    'of two appends with the same event id to two streams exactly one happens',
    async ({ store, stream }) => {
      const { eventId } = newEvent();
      const { results, reasons } = await outcomesOf(
        ['a', 'b'].map((name) => store.append(stream(name), 'no-stream', [newEvent({ eventId })])),
      );
      assert.equal(results.length, 1);
      assert.ok(reasons.every((reason) => isEventStoreError(reason) && reason.code === 'duplicate-event-id'));
      const found = [...(await wholeStream(store, stream('a'))), ...(await wholeStream(store, stream('b')))];
      assert.deepEqual(idsOf(found), [eventId]);
    },
  ),
];
