import { describe, expect, it } from '@jest/globals';
import type { EventStore, StoreCapabilities } from '../event-store/event-store';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import type { Clock } from '../values/instant';
import type { CreateEventStoreHarness } from './conformance-test';
import { eventStoreConformance, eventStoreConformanceTests } from './event-store-conformance';
import { createIdleEventStore, createRefusingEventStore } from './idle-event-store';

const harnessOf =
  (createStore: (clock: Clock) => EventStore): CreateEventStoreHarness =>
  (clock) =>
    Promise.resolve({ open: () => Promise.resolve(createStore(clock)), dispose: () => Promise.resolve() });

eventStoreConformance({ describe, it }, 'in-memory', {
  createHarness: harnessOf((clock) => createInMemoryEventStore({ clock })),
});

const everything: StoreCapabilities = { manyProcesses: true, durable: true, eraseStream: true };
const nothing: StoreCapabilities = { manyProcesses: false, durable: false, eraseStream: false };

const uselessStores: readonly (readonly [name: string, store: EventStore])[] = [
  ['does nothing and says it can do everything', createIdleEventStore(everything)],
  ['does nothing and says it can do nothing', createIdleEventStore(nothing)],
  ['refuses everything and says it can do everything', createRefusingEventStore(everything)],
  ['refuses everything and says it can do nothing', createRefusingEventStore(nothing)],
];

const titlesPassedBy = async (store: EventStore): Promise<readonly string[]> => {
  const passed: string[] = [];
  for (const { title, run } of eventStoreConformanceTests) {
    const running = run({ createHarness: harnessOf(() => store), patienceMs: 60 });
    await running.then(
      () => passed.push(title),
      () => undefined,
    );
  }
  return passed;
};

describe('the conformance suite', () => {
  it('gives every test a name of its own', () => {
    const titles = eventStoreConformanceTests.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it.each(uselessStores)('holds no test that a store passes which %s', async (_, store) => {
    expect(await titlesPassedBy(store)).toEqual([]);
  });
});
