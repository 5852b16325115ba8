import type { EventStore, LogPage, RecordedEvent, SubscriptionBatch } from '../event-store/event-store';
import { EventStoreError, isEventStoreError, type EventStoreFailure } from '../event-store/event-store-error';
import type { Instant } from '../values/instant';
import type { JsonObject } from '../values/json';
import { newId } from './conformance/events';

/** What a wrong store does otherwise than a right one. */
export type Mutation = (store: EventStore) => Partial<EventStore>;

/** Turns one kind of failure into something else. */
const insteadOf = async <T>(
  kind: EventStoreFailure['kind'],
  call: () => Promise<T>,
  instead: (failure: EventStoreFailure) => Promise<T>,
): Promise<T> => {
  try {
    return await call();
  } catch (error) {
    if (isEventStoreError(error) && error.code === kind) return instead(error.failure);
    throw error;
  }
};

const withEvents = (page: LogPage, change: (event: RecordedEvent) => RecordedEvent): LogPage => ({
  ...page,
  events: page.events.map(change),
});

const sortedKeys = (data: JsonObject): JsonObject => Object.fromEntries(Object.entries(data).toSorted());

/** A subscription that says something else than it was told. */
export async function* changed(
  batches: AsyncIterable<SubscriptionBatch>,
  change: (batch: SubscriptionBatch) => readonly SubscriptionBatch[],
): AsyncGenerator<SubscriptionBatch, void, undefined> {
  for await (const batch of batches) yield* change(batch);
}

const appending: Readonly<Record<string, Mutation>> = {
  'writes whatever version is expected': (store) => ({
    append: (stream, expected, events) =>
      insteadOf(
        'version-conflict',
        () => store.append(stream, expected, events),
        (failure) => store.append(stream, failure.kind === 'version-conflict' ? failure.actual : 0, events),
      ),
  }),
  'forgets to recognise a repeated append': (store) => {
    const seen = new Set<string>();
    return {
      append: (stream, expected, events) => {
        const [first] = events;
        if (first !== undefined && seen.has(first.eventId) && expected !== 'no-stream' && expected > 0) {
          throw new EventStoreError({ kind: 'version-conflict', stream, expected, actual: 0 });
        }
        events.forEach(({ eventId }) => seen.add(eventId));
        return store.append(stream, expected, events);
      },
    };
  },
  'takes a known event id in another stream': (store) => ({
    append: (stream, expected, events) =>
      insteadOf(
        'duplicate-event-id',
        () => store.append(stream, expected, events),
        () =>
          store.append(
            stream,
            expected,
            events.map((event) => ({ ...event, eventId: newId() })),
          ),
      ),
  }),
  'writes a batch event by event': (store) => ({
    append: async (stream, expected, events) => {
      let result = await store.append(stream, expected, events.slice(0, 1));
      for (const event of events.slice(1)) result = await store.append(stream, result.version, [event]);
      return result;
    },
  }),
  'takes a repetition for a first append': (store) => ({
    append: async (stream, expected, events) => ({
      ...(await store.append(stream, expected, events)),
      mayBeRepetition: false,
    }),
  }),
  'returns the version before the append': (store) => ({
    append: async (stream, expected, events) => {
      const result = await store.append(stream, expected, events);
      return { ...result, version: result.version - events.length };
    },
  }),
  'calls a conflict unavailable': (store) => ({
    append: (stream, expected, events) =>
      insteadOf(
        'version-conflict',
        () => store.append(stream, expected, events),
        () => Promise.reject(new EventStoreError({ kind: 'unavailable', retryable: true, reason: 'busy' })),
      ),
  }),
  'sorts the members of data': (store) => ({
    append: (stream, expected, events) =>
      store.append(
        stream,
        expected,
        events.map((event) => ({ ...event, data: sortedKeys(event.data) })),
      ),
  }),
};

const reading: Readonly<Record<string, Mutation>> = {
  'says of every page of a stream that it is the last': (store) => ({
    readStream: async (...request) => ({ ...(await store.readStream(...request)), atEnd: true }),
  }),
  'reads a stream from one event too early': (store) => ({
    readStream: (stream, { after = 0, ...rest } = {}) =>
      store.readStream(stream, { ...rest, after: Math.max(0, after - 1) }),
  }),
  'says of every page of the log that it is the last': (store) => ({
    readAll: async (options) => ({ ...(await store.readAll(options)), atHead: true }),
  }),
  'ignores the limit of the log': (store) => ({
    readAll: ({ limit, ...options } = {}) =>
      store.readAll(limit !== undefined && limit > 1 ? options : { ...options, limit: 1 }),
  }),
  'reads on from the last wanted event only': (store) => ({
    readAll: async (options) => {
      const page = await store.readAll(options);
      return { ...page, next: page.events.at(-1)?.position ?? options?.after };
    },
  }),
  'takes a beginning of a name in any case': (store) => ({
    readAll: async ({ filter, ...options } = {}) => {
      const page = await store.readAll({ ...options, filter: { ...filter, streamPrefix: '' } });
      const prefix = (filter?.streamPrefix ?? '').toLowerCase();
      return { ...page, events: page.events.filter(({ stream }) => stream.toLowerCase().startsWith(prefix)) };
    },
  }),
  'takes the time from another clock': (store) => ({
    readAll: async (options) =>
      withEvents(await store.readAll(options), (event) => ({
        ...event,
        recordedAt: '2000-01-01T00:00:00.000Z' as Instant,
      })),
  }),
  'takes a position of another store': (store) => ({
    readAll: (options) =>
      insteadOf(
        'foreign-position',
        () => store.readAll(options),
        () => store.readAll({ ...options, after: undefined }),
      ),
  }),
  'takes a position beyond the head': (store) => ({
    readAll: (options) =>
      insteadOf(
        'position-beyond-head',
        () => store.readAll(options),
        () => Promise.resolve({ events: [], next: options?.after, atHead: true }),
      ),
  }),
};

const subscribing: Readonly<Record<string, Mutation>> = {
  'delivers every batch twice': (store) => ({
    subscribe: (options) => changed(store.subscribe(options), (batch) => [batch, batch]),
  }),
  'loses the first event of every batch after the first': (store) => ({
    subscribe: (options) => {
      let batches = 0;
      return changed(store.subscribe(options), (batch) => {
        if (batch.kind !== 'events') return [batch];
        batches += 1;
        return [batches === 1 ? batch : { ...batch, events: batch.events.slice(1) }];
      });
    },
  }),
  'never says that it has caught up': (store) => ({
    subscribe: (options) =>
      changed(store.subscribe(options), (batch) => (batch.kind === 'events' ? [batch] : [])),
  }),
  'does not heed the signal': (store) => ({
    subscribe: ({ after, filter } = {}) => store.subscribe({ after, filter }),
  }),
  'begins a subscription at the beginning, whatever the position': (store) => ({
    subscribe: (options) => store.subscribe({ ...options, after: undefined }),
  }),
};

const closingAndErasing: Readonly<Record<string, Mutation>> = {
  'goes on after it was closed': () => ({ close: () => Promise.resolve() }),
  'says that it has erased what it has not': () => ({ eraseStream: () => Promise.resolve() }),
  'says that it can erase, and cannot': (store) => ({
    capabilities: { ...store.capabilities, eraseStream: true },
  }),
  'says that it is durable, and is not': (store) => ({
    capabilities: { ...store.capabilities, durable: true },
  }),
  'says that it can be shared, and cannot': (store) => ({
    capabilities: { ...store.capabilities, manyProcesses: true },
  }),
};

/** Mistakes that adapters make, by what the store then does. */
export const mutations: readonly (readonly [what: string, mutate: Mutation])[] = Object.entries({
  ...appending,
  ...reading,
  ...subscribing,
  ...closingAndErasing,
});
