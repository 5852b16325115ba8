import {
  EventStoreError,
  neverBefore,
  positionOf,
  type AppendResult,
  type Clock,
  type ExpectedVersion,
  type Instant,
  type PreparedAppend,
  type StoreId,
  type Uuid,
  type Version,
} from '@mandate/event-sourcing';
import type { SqliteDatabase } from '../driver';
import { extendedCodeOf, sqliteCode } from '../sqlite-code';
import { CommitFault, writeTransactionOf } from '../transaction';
import { digestOf } from './digest';

/** Writes the events of one append, checked before; says when they are there, or why they are not. */
export type AppendEvents = (append: PreparedAppend, expected: ExpectedVersion) => AppendResult;

interface Last {
  readonly version: Version;
  readonly stream: string;
}

interface Stored {
  readonly eventId: Uuid;
  readonly version: Version;
  readonly place: number;
}

const prepareStatements = (database: SqliteDatabase) => ({
  last: database.prepare(
    'SELECT version, stream FROM event WHERE stream_digest = ? ORDER BY version DESC LIMIT 1',
  ),
  storedAt: database.prepare(
    `SELECT event_id AS eventId, version, place FROM event
      WHERE stream_digest = ? AND version > ? ORDER BY version LIMIT ?`,
  ),
  head: database.prepare('SELECT recorded_at AS recordedAt FROM event ORDER BY place DESC LIMIT 1'),
  byId: database.prepare('SELECT 1 FROM event WHERE event_digest = ?'),
  insert: database.prepare(
    `INSERT INTO event (stream_digest, version, event_digest, stream, event_id, type, schema_version, recorded_at, data, metadata)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
});

/** Appends to the table `event`, each append in one transaction. */
export const eventAppenderOf = (database: SqliteDatabase, storeId: StoreId, clock: Clock): AppendEvents => {
  const statements = prepareStatements(database);
  const inTransaction = writeTransactionOf(database);

  /** The result of the first attempt, when exactly these events stand where this append would put them. */
  const repeatedAppend = (
    digest: Uint8Array,
    { expected, events }: PreparedAppend,
  ): AppendResult | undefined => {
    const found = statements.storedAt.all(digest, expected, events.length) as readonly Stored[];
    const last = found.at(-1);
    const isRepeated =
      found.length === events.length &&
      found.every(({ eventId }, index) => eventId === events[index]?.event.eventId);
    return isRepeated && last !== undefined
      ? { version: last.version, position: positionOf(storeId, last.place) }
      : undefined;
  };

  const insert = (digest: Uint8Array, { stream, expected, events }: PreparedAppend): AppendResult => {
    const head = statements.head.get() as { readonly recordedAt: Instant } | undefined;
    const recordedAt = neverBefore(head?.recordedAt, clock());
    let place: number | bigint = 0;
    for (const [index, { event, dataText, metadataText }] of events.entries()) {
      const { eventId, type, schemaVersion } = event;
      place = statements.insert.run(
        digest,
        expected + index + 1,
        digestOf(eventId),
        stream,
        eventId,
        type,
        schemaVersion,
        recordedAt,
        dataText,
        metadataText,
      ).lastInsertRowid;
    }
    return { version: expected + events.length, position: positionOf(storeId, place) };
  };

  const appendOrRefuse = (append: PreparedAppend, expectedVersion: ExpectedVersion): AppendResult => {
    const { stream, expected } = append;
    const digest = digestOf(stream);
    const last = statements.last.get(digest) as Last | undefined;
    if (last !== undefined && last.stream !== stream)
      throw new EventStoreError({ kind: 'stream-closed', stream });
    const actual = last?.version ?? 0;
    if (actual === expected) return insert(digest, append);
    const repeated = actual > expected ? repeatedAppend(digest, append) : undefined;
    if (repeated !== undefined) return repeated;
    throw new EventStoreError({ kind: 'version-conflict', stream, expected: expectedVersion, actual });
  };

  /** The transaction was rolled back; which of its events was there already? */
  const duplicateAmong = ({ stream, events }: PreparedAppend, cause: unknown): unknown => {
    const known = events.find(({ event }) => statements.byId.get(digestOf(event.eventId)) !== undefined);
    return known === undefined
      ? cause
      : new EventStoreError({ kind: 'duplicate-event-id', eventId: known.event.eventId, stream }, { cause });
  };

  return (append, expected) => {
    try {
      return inTransaction(() => appendOrRefuse(append, expected));
    } catch (cause) {
      if (cause instanceof CommitFault) {
        const eventIds = append.events.map(({ event }) => event.eventId);
        throw new EventStoreError({ kind: 'outcome-unknown', eventIds }, { cause });
      }
      throw extendedCodeOf(cause) === sqliteCode.constraintUnique ? duplicateAmong(append, cause) : cause;
    }
  };
};
