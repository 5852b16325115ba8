import { randomUUID } from 'node:crypto';
import type { StoreId } from '@mandate/event-sourcing';
import type { SqliteDatabase } from '../driver';
import { migrate, requireSchema, type Schema } from '../schema';
import { SqliteOpenError } from '../sqlite-open-error';
import { writeTransactionOf } from '../transaction';

/**
 * Rows of `event` are only ever added at the end and overwritten in place, never moved or deleted. Where SQLite moves
 * rows between pages it can leave a copy of the old bytes behind, even with secure_delete; here nothing moves, so
 * erasing a row erases its only copy. The indexes, whose entries do move, hold digests instead of names and ids.
 */
const tables = `
  CREATE TABLE event_store (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    store_id TEXT NOT NULL
  ) STRICT;

  CREATE TABLE event (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    stream_digest BLOB NOT NULL,
    version INTEGER NOT NULL,
    event_digest BLOB NOT NULL,
    stream TEXT NOT NULL,
    event_id TEXT NOT NULL,
    type TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL,
    CONSTRAINT one_event_per_version UNIQUE (stream_digest, version),
    CONSTRAINT one_event_per_id UNIQUE (event_digest)
  ) STRICT;
`;

const eventSchema: Schema = {
  component: 'events',
  migrations: [tables],
  apartFrom: ['keys', 'snapshots'],
};

/** Creates or migrates the tables of an event store, and gives a new store its identity. */
export const prepareEventTables = (database: SqliteDatabase): void => {
  migrate(database, eventSchema);
  if (database.prepare('SELECT 1 FROM event_store').get() !== undefined) return;
  // Of two processes that open a new file at once, the first names the store.
  writeTransactionOf(database)(() => {
    database
      .prepare('INSERT OR IGNORE INTO event_store (only_one, store_id) VALUES (1, ?)')
      .run(randomUUID());
  });
};

/** Requires the tables of an event store, and changes nothing. */
export const requireEventTables = (database: SqliteDatabase): void => {
  requireSchema(database, eventSchema);
  if (database.prepare('SELECT 1 FROM event_store').get() !== undefined) return;
  throw new SqliteOpenError(
    'foreign-file',
    'Expected a store with an identity, found one that was never opened.',
  );
};

export const storeIdIn = (database: SqliteDatabase): StoreId => {
  const row = database.prepare('SELECT store_id AS storeId FROM event_store').get() as {
    readonly storeId: StoreId;
  };
  return row.storeId;
};
