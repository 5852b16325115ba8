import type { EventStore, StoreCapabilities, SubscriptionBatch } from '../event-store/event-store';
import { EventStoreError } from '../event-store/event-store-error';
import { positionOf, type StoreId } from '../event-store/position';

const storeId = 'idle' as StoreId;

async function* nothingEver(): AsyncGenerator<SubscriptionBatch, void, undefined> {
  await Promise.resolve();
  yield { kind: 'caught-up', next: undefined };
}

/**
 * An event store that gives friendly answers and does nothing. No conformance test may pass on it: one that does
 * tests nothing.
 */
export const createIdleEventStore = (capabilities: StoreCapabilities): EventStore => ({
  storeId,
  capabilities,
  append: (_stream, expected, events) => {
    const version = (expected === 'no-stream' ? 0 : expected) + events.length;
    return Promise.resolve({ version, position: positionOf(storeId, 0), mayBeRepetition: false });
  },
  readStream: (_stream, { after = 0 } = {}) => Promise.resolve({ events: [], next: after, atEnd: true }),
  readAll: ({ after } = {}) => Promise.resolve({ events: [], next: after, atHead: true }),
  subscribe: () => nothingEver(),
  eraseStream: () => Promise.resolve(),
  close: () => Promise.resolve(),
});

/** An event store that refuses everything, always with the same excuse. No conformance test may pass on it either. */
export const createRefusingEventStore = (capabilities: StoreCapabilities): EventStore => {
  const refuse = (): Promise<never> =>
    Promise.reject(new EventStoreError({ kind: 'not-supported', operation: 'anything' }));
  return {
    storeId,
    capabilities,
    append: refuse,
    readStream: refuse,
    readAll: refuse,
    subscribe: () => ({ [Symbol.asyncIterator]: () => ({ next: refuse }) }),
    eraseStream: refuse,
    close: () => Promise.resolve(),
  };
};
