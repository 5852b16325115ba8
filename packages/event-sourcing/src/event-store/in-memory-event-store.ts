import { randomUUID } from 'node:crypto';
import { isWanted } from './event-filter';
import type {
  AppendResult,
  EventStore,
  LogPage,
  ReadAllOptions,
  RecordedEvent,
  Version,
} from './event-store';
import { EventStoreError } from './event-store-error';
import { neverBefore, systemClock, type Clock } from '../values/instant';
import type { JsonObject } from '../values/json';
import { pageSizeOf, versionAfterOf } from './page-request';
import { placeOf, positionOf, storeIdOf, type Position, type StoreId } from './position';
import { prepareAppend, type PreparedEvent } from './prepared-append';
import { createInMemoryProjectionRecords } from '../projections/in-memory-projection-records';
import { projectionStoreInMemory } from '../projections/in-memory-projection-store';
import { createInlineProjections } from '../projections/inline-projections';
import type { InlineOptions, ProjectingEventStore } from '../projections/projecting-event-store';
import { subscribeByPages, type UntilGrown } from './subscription';
import type { Uuid } from '../values/uuid';

export interface InMemoryEventStoreOptions {
  readonly clock?: Clock;
  /** Default: a random one. */
  readonly storeId?: string;
}

/** A reader that changes what it was given must not change the history. */
const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value) as unknown[]) frozen(inner);
    Object.freeze(value);
  }
  return value;
};

const resultAt = ({ version, position }: RecordedEvent, mayBeRepetition: boolean): AppendResult => ({
  version,
  position,
  mayBeRepetition,
});

const storeInMemory = (options: InMemoryEventStoreOptions & Partial<InlineOptions>): ProjectingEventStore => {
  const clock = options.clock ?? systemClock;
  const storeId = (options.storeId ?? randomUUID()) as StoreId;
  const log: RecordedEvent[] = [];
  const streams = new Map<string, RecordedEvent[]>();
  const byEventId = new Map<Uuid, RecordedEvent>();
  const sleepers = new Set<() => void>();
  let isClosed = false;

  const requireOpen = (): void => {
    if (isClosed) throw new EventStoreError({ kind: 'store-closed' });
  };

  const wakeAll = (): void => {
    for (const wake of [...sleepers]) wake();
  };

  const indexAfter = (after: Position | undefined): number => {
    if (after === undefined) return 0;
    const found = storeIdOf(after);
    if (found !== storeId) throw new EventStoreError({ kind: 'foreign-position', expected: storeId, found });
    const place = Number(placeOf(after)[0]);
    if (place <= log.length) return place;
    throw new EventStoreError({ kind: 'position-beyond-head', position: after, head: String(log.length) });
  };

  /** The result of the first attempt, when exactly these events stand where this append would put them. */
  const repeatedAppend = (
    stream: readonly RecordedEvent[],
    expected: Version,
    events: readonly PreparedEvent[],
  ): AppendResult | undefined => {
    const found = stream.slice(expected, expected + events.length);
    const last = found.at(-1);
    const isRepeated =
      found.length === events.length &&
      found.every((event, index) => event.eventId === events[index]?.eventId);
    return isRepeated && last !== undefined ? resultAt(last, true) : undefined;
  };

  const append: EventStore['append'] = async (streamName, expectedVersion, eventsToAppend) => {
    // Written out before anything else, so that what the caller does to the events afterwards is not stored.
    const { stream, expected, events } = prepareAppend(streamName, expectedVersion, eventsToAppend);
    await Promise.resolve();
    requireOpen();
    const existing = streams.get(stream) ?? [];
    const repeated = repeatedAppend(existing, expected, events);
    if (repeated !== undefined) return repeated;
    if (existing.length !== expected) {
      throw new EventStoreError({
        kind: 'version-conflict',
        stream,
        expected: expectedVersion,
        actual: existing.length,
      });
    }
    const known = events.find(({ eventId }) => byEventId.has(eventId));
    if (known !== undefined) {
      throw new EventStoreError({ kind: 'duplicate-event-id', eventId: known.eventId, stream });
    }
    const recordedAt = neverBefore(log.at(-1)?.recordedAt, clock());
    const recorded = events.map(({ dataText, metadataText, ...event }, index): RecordedEvent =>
      frozen({
        ...event,
        data: JSON.parse(dataText) as JsonObject,
        metadata: JSON.parse(metadataText) as RecordedEvent['metadata'],
        stream,
        version: expected + index + 1,
        position: positionOf(storeId, log.length + index + 1),
        recordedAt,
      }),
    );
    log.push(...recorded);
    for (const event of recorded) byEventId.set(event.eventId, event);
    streams.set(stream, [...existing, ...recorded]);
    inline.follow();
    wakeAll();
    return resultAt(recorded.at(-1) as RecordedEvent, false);
  };

  const pageOf = ({ after, limit, filter }: ReadAllOptions): LogPage => {
    const size = pageSizeOf(limit);
    const events: RecordedEvent[] = [];
    let index = indexAfter(after);
    for (; index < log.length && events.length < size; index += 1) {
      const event = log[index] as RecordedEvent;
      if (isWanted(filter, event)) events.push(event);
    }
    return {
      events,
      next: index === 0 ? undefined : positionOf(storeId, index),
      atHead: index === log.length,
    };
  };

  const readAll: EventStore['readAll'] = async (readOptions = {}) => {
    await Promise.resolve();
    requireOpen();
    return pageOf(readOptions);
  };

  const records = createInMemoryProjectionRecords();
  const projections = projectionStoreInMemory(records);
  const inline = createInlineProjections(
    {
      records,
      clock,
      log: { readPage: pageOf, countAfter: (position) => log.length - indexAfter(position) },
      isFailureOfStore: () => false,
    },
    options.inline ?? [],
  );
  inline.begin();
  inline.readOn();

  const untilGrown: UntilGrown = (from, signal) =>
    new Promise((resolve) => {
      const wake = (): void => {
        sleepers.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      sleepers.add(wake);
      signal?.addEventListener('abort', wake);
      if (isClosed || signal?.aborted === true || indexAfter(from) < log.length) wake();
    });

  return {
    storeId,
    capabilities: { manyProcesses: false, durable: false, eraseStream: false },
    append,
    readStream: async (stream, { after, limit } = {}) => {
      await Promise.resolve();
      requireOpen();
      const [from, size] = [versionAfterOf(after), pageSizeOf(limit)];
      const all = streams.get(stream) ?? [];
      const events = all.slice(from, from + size);
      return { events, next: events.at(-1)?.version ?? from, atEnd: from + size >= all.length };
    },
    readAll,
    subscribe: (subscribeOptions = {}) => subscribeByPages({ readAll }, subscribeOptions, untilGrown),
    eraseStream: async () => {
      await Promise.resolve();
      throw new EventStoreError({ kind: 'not-supported', operation: 'erasing a stream' });
    },
    close: async () => {
      await Promise.resolve();
      isClosed = true;
      await projections.close();
      wakeAll();
    },
    projections,
  };
};

/** A store that keeps everything in memory: for tests, examples, and as the reference for other stores. */
export function createInMemoryEventStore(
  options: InMemoryEventStoreOptions & InlineOptions,
): ProjectingEventStore;
export function createInMemoryEventStore(options?: InMemoryEventStoreOptions): EventStore;
export function createInMemoryEventStore(
  options: InMemoryEventStoreOptions & Partial<InlineOptions> = {},
): EventStore {
  return storeInMemory(options);
}
