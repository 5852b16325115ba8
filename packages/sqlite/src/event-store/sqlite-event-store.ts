import { setImmediate as otherWork } from 'node:timers/promises';
import {
  placeOf,
  prepareAppend,
  subscribeByPages,
  systemClock,
  type Clock,
  type EventStore,
  type InlineLog,
  type InlineOptions,
  type ProjectingEventStore,
} from '@mandate/event-sourcing';
import { isInMemory, openDatabaseFile, type Synchronous } from '../database-file';
import { openSqliteDatabase, type OpenSqliteDatabase, type SqliteDatabase } from '../driver';
import { prepareProjectionTables } from '../projection-store/projection-schema';
import { closeTidily } from '../write-ahead-log';
import { batchWriterOf } from './append-batch';
import { appendQueueOf } from './append-queue';
import { eventAppenderOf } from './event-appender';
import { eventEraserOf } from './event-eraser';
import { eventReaderOn } from './event-reader';
import { prepareEventTables, storeIdIn } from './event-schema';
import { inlineFeedIn } from './inline-feed';
import { logHeadOf } from './log-head';
import { watchLog } from './log-watch';
import { asEventStoreError, callsOfEventStore } from './store-fault';

export interface SqliteEventStoreOptions {
  /** The path of the file, which is created if need be, or `:memory:` for a store that ends with its handle. */
  readonly file: string;
  /** Default: the clock of the machine. */
  readonly clock?: Clock;
  /**
   * Default `full`: an acknowledged append survives a power cut. With `normal` it survives the end of the process,
   * but a power cut can take back the last appends, also some that were acknowledged and acted upon.
   */
  readonly synchronous?: Synchronous;
  /** How long a call waits, and holds up its process, while another process writes. Default 5,000 ms. */
  readonly busyTimeoutMs?: number;
  /** How often subscriptions look for appends of other processes. Default 50 ms. */
  readonly pollIntervalMs?: number;
  /** Another driver than `@photostructure/sqlite`. */
  readonly openDatabase?: OpenSqliteDatabase;
}

const checkPollInterval = (pollIntervalMs: number): void => {
  if (!Number.isSafeInteger(pollIntervalMs) || pollIntervalMs < 1) {
    throw new RangeError('Expected pollIntervalMs to be a whole number of milliseconds, 1 or more.');
  }
};

type AnyOptions = SqliteEventStoreOptions & Partial<InlineOptions>;

const open = async (options: AnyOptions): Promise<SqliteDatabase> => {
  const { file, synchronous = 'full', busyTimeoutMs = 5000, openDatabase = openSqliteDatabase } = options;
  try {
    return await openDatabaseFile({ file, synchronous, busyTimeoutMs, openDatabase }, (database) => {
      prepareEventTables(database);
      if (options.inline !== undefined) prepareProjectionTables(database);
    });
  } catch (error) {
    throw asEventStoreError(error);
  }
};

const storeOn = async (
  database: SqliteDatabase,
  { file, clock = systemClock, pollIntervalMs = 50, inline }: AnyOptions,
): Promise<EventStore> => {
  const storeId = storeIdIn(database);
  const head = logHeadOf(database, storeId);
  const reader = eventReaderOn(database, storeId, head);
  const log: InlineLog = {
    readPage: (page) => reader.readAll(page),
    // Whether the position is one of this log, the page says that is read next.
    countAfter: (position) => head.place() - Number(position === undefined ? 0 : placeOf(position)[0]),
  };
  const feed = inline && inlineFeedIn(database, { inline, log, clock });
  const writeBatch = batchWriterOf(database, eventAppenderOf(database, storeId, clock), feed?.follow);
  const erase = eventEraserOf(database);
  const watch = watchLog(database, head, pollIntervalMs);
  const queue = appendQueueOf(writeBatch, watch.wakeAll);
  const { call, close } = callsOfEventStore(() => {
    queue.flush();
    watch.close();
    void feed?.projections.close();
    closeTidily(database);
  });

  const append: EventStore['append'] = (stream, expected, events) =>
    call(() => queue.add({ append: prepareAppend(stream, expected, events), expected }));

  // SQLite answers at once. Without a pause, a loop over pages would let nothing else in the process run. It comes
  // before the next page and not after the last, whose events are done with by then: a garbage collection at the
  // turn of the event loop would find a thousand of them alive, and move them all.
  let isPauseDue = false;
  const pause = async (): Promise<void> => {
    isPauseDue = false;
    await otherWork();
  };

  const readStream: EventStore['readStream'] = async (stream, readOptions = {}) => {
    if (isPauseDue) await pause();
    const page = await call(() => reader.readStream(stream, readOptions));
    isPauseDue = !page.atEnd;
    return page;
  };

  const readAll: EventStore['readAll'] = async (readOptions = {}) => {
    if (isPauseDue) await pause();
    const page = await call(() => reader.readAll(readOptions));
    isPauseDue = !page.atHead;
    return page;
  };

  await feed?.catchUp();

  return {
    ...(feed && { projections: feed.projections }),
    storeId,
    capabilities: { manyProcesses: !isInMemory(file), durable: !isInMemory(file), eraseStream: true },
    append,
    readStream,
    readAll,
    subscribe: (subscribeOptions = {}) => subscribeByPages({ readAll }, subscribeOptions, watch.untilGrown),
    eraseStream: (stream) =>
      call(() => {
        // What was to be appended before is erased, too.
        queue.flush();
        erase(stream);
      }),
    close,
  };
};

/**
 * Opens an event store in one SQLite file, which any number of processes on one machine may share. With `inline`, the
 * projections have read everything that there is when it is open.
 *
 * Throws a `SqliteOpenError` for a file that must not be used (of a newer schema, of another program, on a network
 * drive), and an `EventStoreError` of kind `unavailable` when the file is locked or the disk fails.
 */
export async function openSqliteEventStore(
  options: SqliteEventStoreOptions & InlineOptions,
): Promise<ProjectingEventStore>;
export async function openSqliteEventStore(options: SqliteEventStoreOptions): Promise<EventStore>;
export async function openSqliteEventStore(options: AnyOptions): Promise<EventStore> {
  checkPollInterval(options.pollIntervalMs ?? 50);
  const database = await open(options);
  try {
    return await storeOn(database, options);
  } catch (error) {
    database.close();
    throw asEventStoreError(error);
  }
}
