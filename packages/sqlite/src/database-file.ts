import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenSqliteDatabase, SqliteDatabase } from './driver';
import { isBusy, primaryCodeOf, sqliteCode, troubleOf } from './sqlite-code';
import { SqliteOpenError } from './sqlite-open-error';
import { requireSqliteVersion } from './sqlite-version';

/**
 * `full`: what was acknowledged survives a power cut. `normal`: it survives the end of the process, but a power cut
 * can take back the last commits; the file stays sound.
 */
export type Synchronous = 'full' | 'normal';

export interface DatabaseFileOptions {
  readonly file: string;
  readonly synchronous: Synchronous;
  /** How long a call waits for a lock that another process holds. */
  readonly busyTimeoutMs: number;
  readonly openDatabase: OpenSqliteDatabase;
}

/** The write-ahead log shrinks to this after a checkpoint, however large a transaction made it. */
const writeAheadLogBytesMax = 8 * 1024 * 1024;
/** A checkpoint begins at 4 MB of pages of 4 KiB. */
const checkpointPages = 1000;

export const isInMemory = (file: string): boolean => file === ':memory:';

const checkName = (file: string): void => {
  // SQLite takes an empty name for a temporary database, and `file:` for a URI whose options could undo ours.
  if (file === '' || file.startsWith('file:')) {
    throw new SqliteOpenError('cannot-open', 'Expected the path of a file, found an empty name or a URI.');
  }
};

/** SQLite gives new files to everybody; the files beside the database inherit its mode. */
const createForOwnerOnly = (file: string): void => {
  try {
    closeSync(openSync(file, 'a', 0o600));
  } catch (cause) {
    throw new SqliteOpenError(
      'cannot-open',
      'The file cannot be opened for writing. Does its folder exist?',
      { cause },
    );
  }
};

const connect = ({ file, openDatabase }: DatabaseFileOptions): SqliteDatabase => {
  checkName(file);
  if (!isInMemory(file)) createForOwnerOnly(file);
  try {
    return openDatabase(file);
  } catch (cause) {
    throw new SqliteOpenError('cannot-open', 'The file cannot be opened by SQLite.', { cause });
  }
};

const answerOf = (database: SqliteDatabase, pragma: string, column: string): unknown =>
  (database.prepare(`PRAGMA ${pragma}`).get() as Readonly<Record<string, unknown>> | undefined)?.[column];

const useWriteAheadLog = (database: SqliteDatabase, file: string): void => {
  const expected = isInMemory(file) ? 'memory' : 'wal';
  if (answerOf(database, 'journal_mode = WAL', 'journal_mode') === expected) return;
  throw new SqliteOpenError(
    'no-write-ahead-log',
    'SQLite cannot use a write-ahead log here. Put the file on a local disk: network drives do not allow it.',
  );
};

const configure = (
  database: SqliteDatabase,
  { file, synchronous, busyTimeoutMs }: DatabaseFileOptions,
): void => {
  // First of all, since every later statement may meet a lock.
  database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  requireSqliteVersion(database);
  useWriteAheadLog(database, file);
  database.exec(`PRAGMA synchronous = ${synchronous.toUpperCase()}`);
  // On macOS only this makes the disk itself write; elsewhere it means nothing.
  database.exec(`PRAGMA fullfsync = ${synchronous === 'full' ? 'ON' : 'OFF'}`);
  if (answerOf(database, 'secure_delete = ON', 'secure_delete') !== 1) {
    throw new SqliteOpenError(
      'sqlite-too-old',
      'This SQLite was built without secure_delete. Use another driver.',
    );
  }
  // Otherwise large sorts would leave copies in files of their own.
  database.exec('PRAGMA temp_store = MEMORY');
  database.exec(`PRAGMA wal_autocheckpoint = ${checkpointPages}`);
  database.exec(`PRAGMA journal_size_limit = ${writeAheadLogBytesMax}`);
};

const asOpenError = (error: unknown): unknown => {
  const isForeign = primaryCodeOf(error) === sqliteCode.notADatabase;
  const trouble = troubleOf(error);
  return isForeign && trouble !== undefined
    ? new SqliteOpenError('foreign-file', `This file cannot be used: ${trouble.reason}.`, { cause: error })
    : error;
};

/** Two processes that create one file at once can meet a lock that does not heed the busy timeout. */
const untilNotBusy = async (work: () => void, timeoutMs: number): Promise<void> => {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      work();
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() >= deadline) throw error;
    }
    await sleep(5 + Math.random() * 20);
  }
};

/**
 * Opens a file the way everything in this package needs it, and lets `prepare` bring its schema up to date. On any
 * failure it is closed again. Throws a `SqliteOpenError`, or the error of SQLite when the file is busy or the disk
 * fails.
 */
export const openDatabaseFile = async (
  options: DatabaseFileOptions,
  prepare: (database: SqliteDatabase) => void,
): Promise<SqliteDatabase> => {
  const { busyTimeoutMs } = options;
  if (!Number.isSafeInteger(busyTimeoutMs) || busyTimeoutMs < 0) {
    throw new RangeError('Expected busyTimeoutMs to be a whole number of milliseconds, 0 or more.');
  }
  const database = connect(options);
  try {
    await untilNotBusy(() => {
      configure(database, options);
      prepare(database);
    }, busyTimeoutMs);
    return database;
  } catch (error) {
    database.close();
    throw asOpenError(error);
  }
};
