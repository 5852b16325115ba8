import type { SqliteDatabase } from './driver';

/**
 * Moves everything from the write-ahead log into the database file and cuts the log to nothing, so that bytes which
 * were overwritten are in neither. Answers `false` when a reader or writer in another process prevented it for the
 * whole busy timeout: nothing is lost then, but the bytes are still in the log.
 */
export const truncatorOf = (database: SqliteDatabase): (() => boolean) => {
  const checkpoint = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
  return () => (checkpoint.get() as { readonly busy: number }).busy === 0;
};

/**
 * Closes a database. Moves what is in the write-ahead log into the file first, if nobody else is using it, so that a
 * closed store is one file; what the driver does at its own time would be too late for somebody who copies the file.
 */
export const closeTidily = (database: SqliteDatabase): void => {
  try {
    database.exec('PRAGMA busy_timeout = 0');
    truncatorOf(database)();
  } catch {
    // Nothing is lost: whoever opens the file next reads the log as well.
  }
  database.close();
};
