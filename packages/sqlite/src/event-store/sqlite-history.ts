import { closeSync, openSync } from 'node:fs';
import type { EventStore } from '@mandate/event-sourcing';
import { openSqliteDatabaseToRead, type SqliteDatabase } from '../driver';
import { SqliteOpenError } from '../sqlite-open-error';
import { primaryCodeOf, sqliteCode } from '../sqlite-code';
import { eventReaderOn } from './event-reader';
import { requireEventTables, storeIdIn } from './event-schema';
import { logHeadOf } from './log-head';
import { asEventStoreError, callsOfEventStore } from './store-fault';

export interface SqliteHistoryOptions {
  /** The path of a file that an event store has written. */
  readonly file: string;
  /** How long a call waits while another process holds a lock. Default 5,000 ms. */
  readonly busyTimeoutMs?: number;
}

/** The reading half of an event store. */
export type SqliteHistory = Pick<EventStore, 'storeId' | 'readStream' | 'readAll' | 'close'>;

const requireFile = (file: string): void => {
  if (file === '' || file.startsWith('file:') || file === ':memory:') {
    throw new SqliteOpenError('cannot-open', 'Expected the path of a file, found an empty name or a URI.');
  }
  try {
    closeSync(openSync(file, 'r'));
  } catch (cause) {
    throw new SqliteOpenError(
      'cannot-open',
      'The file cannot be opened for reading. Does it exist, and may you read it?',
      { cause },
    );
  }
};

const asOpenFailure = (error: unknown): unknown =>
  primaryCodeOf(error) === sqliteCode.notADatabase
    ? new SqliteOpenError('foreign-file', 'This file is no SQLite database. Choose another file.', {
        cause: error,
      })
    : asEventStoreError(error);

const historyOn = (database: SqliteDatabase): SqliteHistory => {
  requireEventTables(database);
  const storeId = storeIdIn(database);
  const reader = eventReaderOn(database, storeId, logHeadOf(database, storeId));
  const { call, close } = callsOfEventStore(() => {
    database.close();
  });
  return {
    storeId,
    readStream: (stream, options = {}) => call(() => reader.readStream(stream, options)),
    readAll: (options = {}) => call(() => reader.readAll(options)),
    close,
  };
};

/**
 * Opens the history in a SQLite file for reading only: the file is never created, migrated or changed, also while another
 * process writes to it. SQLite may lay its `-wal` and `-shm` files beside it, which hold nothing then.
 *
 * Throws a `SqliteOpenError` for a file that is missing, of another program or of a newer schema, and an
 * `EventStoreError` of kind `unavailable` when it is locked or the disk fails.
 */
export const openSqliteHistory = async ({
  file,
  busyTimeoutMs = 5000,
}: SqliteHistoryOptions): Promise<SqliteHistory> => {
  if (!Number.isSafeInteger(busyTimeoutMs) || busyTimeoutMs < 0) {
    throw new RangeError('Expected busyTimeoutMs to be a whole number of milliseconds, 0 or more.');
  }
  requireFile(file);
  const database = openSqliteDatabaseToRead(file);
  try {
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    return await Promise.resolve(historyOn(database));
  } catch (error) {
    database.close();
    throw asOpenFailure(error);
  }
};
