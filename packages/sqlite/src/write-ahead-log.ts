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
