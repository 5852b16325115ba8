import { createHash } from 'node:crypto';
import type { EventToAppend } from '@mandate/event-sourcing';
import {
  openSqliteDatabase,
  openSqliteEventStore,
  type SqliteDatabase,
  type SqliteValue,
} from '@mandate/sqlite';

/** Half a SHA-256, as the store keeps names and ids in its indexes. */
export const digestOf = (text: string): Uint8Array =>
  createHash('sha256').update(text).digest().subarray(0, 16);

/** An event as the values of a row, written out beforehand: the limit does nothing but insert. */
export type BareRow = readonly SqliteValue[];

export const bareRowOf = (stream: string, version: number, event: EventToAppend): BareRow => [
  digestOf(stream),
  version,
  digestOf(event.eventId),
  stream,
  event.eventId,
  event.type,
  event.schemaVersion,
  '2026-03-29T08:00:00.000Z',
  JSON.stringify(event.data),
  JSON.stringify(event.metadata),
];

/** The table of the store, written to with nothing but the driver. */
export interface BareLog {
  readonly database: SqliteDatabase;
  /** Inserts rows in one transaction. */
  readonly insert: (rows: readonly BareRow[]) => void;
  readonly close: () => void;
}

/** Opens a file of the store, which is created with the store's own tables, with nothing but the driver. */
export const openBareLog = async (file: string): Promise<BareLog> => {
  await (await openSqliteEventStore({ file })).close();
  const database = openSqliteDatabase(file);
  for (const pragma of ['busy_timeout = 5000', 'journal_mode = WAL', 'synchronous = FULL']) {
    database.exec(`PRAGMA ${pragma}`);
  }
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const insertRow = database.prepare(
    `INSERT INTO event (stream_digest, version, event_digest, stream, event_id, type, schema_version, recorded_at, data, metadata)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return {
    database,
    insert: (rows) => {
      begin.run();
      for (const row of rows) insertRow.run(...row);
      commit.run();
    },
    close: () => database.close(),
  };
};

/** How many events are in a file, asked on a connection of its own. */
export const countEvents = (file: string): number => {
  const database = openSqliteDatabase(file);
  const row = database.prepare('SELECT count(*) AS events FROM event').get() as { readonly events: number };
  database.close();
  return row.events;
};
