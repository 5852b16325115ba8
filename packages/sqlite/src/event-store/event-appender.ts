import {
  EventStoreError,
  positionOf,
  type AppendResult,
  type Clock,
  type ExpectedVersion,
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

/**
 * One statement asks and writes, because every further one takes as long as the insert itself. Nothing is inserted when
 * the stream is at another version, or is another one by now: an erased stream keeps its digest, but no name. The time
 * is never before that of the event that precedes it in the log.
 */
const insertAfter = `INSERT INTO event (stream_digest, version, event_digest, stream, event_id, type, schema_version, recorded_at, data, metadata)
  SELECT ?1, ?2 + 1, ?3, ?4, ?5, ?6, ?7,
    max(?8, coalesce((SELECT recorded_at FROM event ORDER BY place DESC LIMIT 1), '')), ?9, ?10
  WHERE ?2 = coalesce(
    (SELECT iif(stream = ?4, version, -1) FROM event WHERE stream_digest = ?1 ORDER BY version DESC LIMIT 1), 0)`;

const prepareStatements = (database: SqliteDatabase) => ({
  insertAfter: database.prepare(insertAfter),
  last: database.prepare(
    'SELECT version, stream FROM event WHERE stream_digest = ? ORDER BY version DESC LIMIT 1',
  ),
  storedAt: database.prepare(
    `SELECT event_id AS eventId, version, place FROM event
      WHERE stream_digest = ? AND version > ? ORDER BY version LIMIT ?`,
  ),
  byId: database.prepare('SELECT 1 FROM event WHERE event_digest = ?'),
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
      found.every(({ eventId }, index) => eventId === events[index]?.eventId);
    return isRepeated && last !== undefined
      ? { version: last.version, position: positionOf(storeId, last.place), mayBeRepetition: true }
      : undefined;
  };

  /** Why the events were not inserted, or where they are already. */
  const refuseOrRepeat = (digest: Uint8Array, { append, expected }: AppendRequest): AppendResult => {
    const { stream } = append;
    const last = statements.last.get(digest) as Last | undefined;
    if (last !== undefined && last.stream !== stream) {
      throw new EventStoreError({ kind: 'stream-closed', stream });
    }
    const actual = last?.version ?? 0;
    const repeated = actual > append.expected ? repeatedAppend(digest, append) : undefined;
    if (repeated !== undefined) return repeated;
    throw new EventStoreError({ kind: 'version-conflict', stream, expected, actual });
  };

  const appendOrRefuse = (request: AppendRequest): AppendResult => {
    const { stream, expected, events } = request.append;
    const digest = digestOf(stream);
    const now = clock();
    let [version, place]: [number, number | bigint] = [expected, 0];
    for (const { eventId, type, schemaVersion, dataText, metadataText } of events) {
      const { changes, lastInsertRowid } = statements.insertAfter.run(
        digest,
        version,
        digestOf(eventId),
        stream,
        eventId,
        type,
        schemaVersion,
        now,
        dataText,
        metadataText,
      );
      if (Number(changes) !== 1) return refuseOrRepeat(digest, request);
      version += 1;
      place = lastInsertRowid;
    }
    return { version, position: positionOf(storeId, place), mayBeRepetition: false };
  };

  /** Which of the events was there already? */
  const duplicateAmong = ({ stream, events }: PreparedAppend, cause: unknown): unknown => {
    const known = events.find(({ eventId }) => statements.byId.get(digestOf(eventId)) !== undefined);
    return known === undefined
      ? cause
      : new EventStoreError({ kind: 'duplicate-event-id', eventId: known.eventId, stream }, { cause });
  };

  return {
    append: appendOrRefuse,
    reasonOf: ({ append }, cause) =>
      extendedCodeOf(cause) === sqliteCode.constraintUnique ? duplicateAmong(append, cause) : cause,
  };
};
