import {
  EventStoreError,
  prepareAppend,
  type EventStore,
  type StoreId,
  type SubscribeOptions,
  type SubscriptionBatch,
} from '@mandate/event-sourcing';
import { createCallSlots } from './call-slots';
import { createAppendQueue } from './append/append-queue';
import { eventAppenderOf } from './append/event-appender';
import { resolveOptions, type EventStoreDbOptions, type ResolvedOptions } from './event-store-db-options';
import { placeAt } from './log-place';
import { eventReaderOf } from './read/event-reader';
import { logHeadOf } from './read/log-head';
import { lookAheadWith } from './read/look-ahead';
import { readInTimeWith, type ReadInTime } from './read/reading-in-time';
import { renewStoreIdOfDatabase, storeIdOfDatabase } from './store-identity';
import { createStoreLife, type StoreLife } from './store-life';
import { LogSubscription } from './subscription/subscription';

interface Foundation {
  readonly options: ResolvedOptions;
  readonly life: StoreLife;
  readonly readInTime: ReadInTime;
}

const foundationOf = (given: EventStoreDbOptions): Foundation => {
  const options = resolveOptions(given);
  const life = createStoreLife();
  const patience = { attemptMs: options.attemptMs, callMs: options.deadlineMs };
  return {
    options,
    life,
    readInTime: readInTimeWith(patience, life, createCallSlots(options.concurrentCallsMax)),
  };
};

const storeOn = ({ options, life, readInTime }: Foundation, storeId: StoreId): EventStore => {
  const { client, credentials, silenceMs } = options;
  const head = logHeadOf(client, credentials, readInTime, storeId);
  const reader = eventReaderOf({
    client,
    credentials,
    storeId,
    readInTime,
    head,
    fruitlessMs: options.attemptMs,
  });
  const appender = eventAppenderOf({
    ...options,
    storeId,
    life,
    slots: createCallSlots(options.concurrentCallsMax),
    patience: { attemptMs: options.attemptMs, callMs: options.deadlineMs },
    placeOfVersion: async (stream, version) => {
      const { events } = await reader.readStream(stream, { after: version - 1, limit: 1 });
      return placeAt(storeId, events[0]?.position);
    },
    versionOf: (stream) => reader.lastVersionOf(stream),
  });
  const queue = createAppendQueue();
  const subscriptionContext = {
    client,
    credentials,
    storeId,
    head,
    lookAhead: lookAheadWith(client, credentials, readInTime),
    silenceMs,
    onDrop: options.onSubscriptionDrop,
  };

  const append: EventStore['append'] = async (stream, expected, events) => {
    // Written out before anything else, so that what the caller does to the events afterwards is not stored.
    const request = appender.prepare(prepareAppend(stream, expected, events), expected);
    life.requireOpen();
    return queue.add(stream, () => appender.append(request));
  };

  async function* subscribe(
    subscribeOptions: SubscribeOptions = {},
  ): AsyncGenerator<SubscriptionBatch, void, undefined> {
    const { signal } = subscribeOptions;
    life.requireOpen();
    const isAborted = (): boolean => signal?.aborted === true;
    if (isAborted()) return;
    const subscription = new LogSubscription(subscriptionContext, subscribeOptions);
    const stop = (): void => {
      subscription.stop();
    };
    signal?.addEventListener('abort', stop);
    const forget = life.onClose(stop);
    try {
      yield* subscription.batches();
      if (!isAborted()) life.requireOpen();
    } finally {
      forget();
      signal?.removeEventListener('abort', stop);
    }
  }

  return {
    storeId,
    capabilities: { manyProcesses: true, durable: true, eraseStream: false },
    append,
    readStream: async (stream, readOptions = {}) => reader.readStream(stream, readOptions),
    readAll: async (readOptions = {}) => reader.readAll(readOptions),
    subscribe,
    eraseStream: async () => {
      await Promise.resolve();
      throw new EventStoreError({ kind: 'not-supported', operation: 'erasing a stream' });
    },
    close: async () => {
      life.close();
      // Appends that are on their way end by themselves, at their deadlines at the latest.
      await queue.whenIdle();
    },
  };
};

/**
 * Opens an event store on EventStoreDB (23.10 or later) or KurrentDB, which any number of processes may share. The
 * database should be the store's own: an event in a stream whose name begins with a letter must be one of ours.
 *
 * Throws a `RangeError` for options that cannot be worked with, and an `EventStoreError` of kind `unavailable` when the
 * server does not answer or denies access.
 */
export const openEventStoreDb = async (options: EventStoreDbOptions): Promise<EventStore> => {
  const foundation = foundationOf(options);
  return storeOn(foundation, await storeIdOfDatabase({ ...foundation.options, ...foundation }));
};

/**
 * Gives a database that was restored from a backup a new identity, so that no checkpoint passes over the events that are
 * going to take the places of the lost ones. Stop everything that uses the store first.
 */
export const renewEventStoreDbStoreId = async (given: EventStoreDbOptions): Promise<StoreId> => {
  const foundation = foundationOf(given);
  return renewStoreIdOfDatabase({ ...foundation.options, ...foundation });
};
