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
import { digestOf } from './digest';

/** An append that was checked, and has arrived where it will be written. */
export interface AppendRequest {
  readonly append: PreparedAppend;
  /** As the caller wrote it, for the failure that names it. */
  readonly expected: ExpectedVersion;
}

/** Writes the events of one append, within a transaction that somebody else began. */
export interface EventAppender {
  /** Throws when the events must not or cannot be written; some of them may be written by then, to be undone. */
  readonly append: (request: AppendRequest) => AppendResult;
  /** Says why an append failed, once what it wrote is undone. */
  readonly reasonOf: (request: AppendRequest, cause: unknown) => unknown;
}

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

/** Appends to the table `event`. */
export const eventAppenderOf = (database: SqliteDatabase, storeId: StoreId, clock: Clock): EventAppender => {
  const statements = prepareStatements(database);

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
      ? { version: last.version, position: positionOf(storeId, last.place), mayBeRepetition: true }
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
    return {
      version: expected + events.length,
      position: positionOf(storeId, place),
      mayBeRepetition: false,
    };
  };

  const appendOrRefuse = ({ append, expected: expectedVersion }: AppendRequest): AppendResult => {
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

  /** Which of the events was there already? */
  const duplicateAmong = ({ stream, events }: PreparedAppend, cause: unknown): unknown => {
    const known = events.find(({ event }) => statements.byId.get(digestOf(event.eventId)) !== undefined);
    return known === undefined
      ? cause
      : new EventStoreError({ kind: 'duplicate-event-id', eventId: known.event.eventId, stream }, { cause });
  };

  return {
    append: appendOrRefuse,
    reasonOf: ({ append }, cause) =>
      extendedCodeOf(cause) === sqliteCode.constraintUnique ? duplicateAmong(append, cause) : cause,
  };
};
