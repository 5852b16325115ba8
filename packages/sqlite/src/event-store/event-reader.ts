import {
  EventStoreError,
  pageSizeOf,
  positionOf,
  versionAfterOf,
  type EventFilter,
  type LogPage,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type StoreId,
  type StreamPage,
} from '@mandate/event-sourcing';
import type { SqliteDatabase } from '../driver';
import { digestOf } from './digest';
import { eventColumns, eventReaderOf, type EventRow } from './event-row';
import type { LogHead } from './log-head';

export interface EventReader {
  readStream(stream: string, options: ReadStreamOptions): StreamPage;
  readAll(options: ReadAllOptions): LogPage;
}

/** A filtered page looks at no more rows than this, so that a rare type does not hold up the process. */
const scannedPlacesMax = 10_000;

const prepareStatements = (database: SqliteDatabase) => ({
  // The name is compared too: an erased stream keeps its digest, but no name.
  ofStream: database.prepare(
    `SELECT ${eventColumns} FROM event WHERE stream_digest = ? AND version > ? AND stream = ? ORDER BY version LIMIT ?`,
  ),
  // The name of an erased stream begins with an asterisk, every other one with a letter.
  ofLog: database.prepare(
    `SELECT ${eventColumns} FROM event WHERE place > ? AND place <= ? AND stream >= 'A' ORDER BY place LIMIT ?`,
  ),
  wanted: database.prepare(
    `SELECT ${eventColumns} FROM event
      WHERE place > ?1 AND place <= ?2 AND stream >= 'A'
        AND (?4 IS NULL OR type IN (SELECT value FROM json_each(?4)))
        AND substr(stream, 1, length(?5)) = ?5
      ORDER BY place LIMIT ?3`,
  ),
});

const isFiltering = ({ types, streamPrefix = '' }: EventFilter): boolean =>
  types !== undefined || streamPrefix !== '';

/** Reads pages of streams and of the log. Rows that cannot be read are `corrupt`. */
export const eventReaderOn = (database: SqliteDatabase, storeId: StoreId, head: LogHead): EventReader => {
  const statements = prepareStatements(database);
  const toEvent = eventReaderOf(storeId);
  // A list of our own: one made by the native module would differ from ours in strict comparisons under jest.
  const eventsFrom = (rows: readonly EventRow[]): readonly RecordedEvent[] => Array.from(rows, toEvent);

  const requireNoGap = (events: readonly RecordedEvent[], after: number): void => {
    for (const [index, { version, position, stream, type }] of events.entries()) {
      const expected = after + index + 1;
      if (version === expected) continue;
      const reason = `expected version ${expected} of the stream, found version ${version}`;
      throw new EventStoreError({ kind: 'corrupt', position, stream, type, reason });
    }
  };

  const readStream = (stream: string, { after, limit }: ReadStreamOptions): StreamPage => {
    const [from, size] = [versionAfterOf(after), pageSizeOf(limit)];
    const rows = statements.ofStream.all(digestOf(stream), from, stream, size + 1) as readonly EventRow[];
    const events = eventsFrom(rows.slice(0, size));
    requireNoGap(events, from);
    return { events, next: events.at(-1)?.version ?? from, atEnd: rows.length <= size };
  };

  const rowsOf = (
    from: number,
    to: number,
    size: number,
    filter: EventFilter | undefined,
  ): readonly EventRow[] => {
    if (filter === undefined || !isFiltering(filter)) {
      return statements.ofLog.all(from, to, size) as readonly EventRow[];
    }
    const types = filter.types === undefined ? null : JSON.stringify(filter.types);
    return statements.wanted.all(from, to, size, types, filter.streamPrefix ?? '') as readonly EventRow[];
  };

  const readAll = ({ after, limit, filter }: ReadAllOptions): LogPage => {
    const size = pageSizeOf(limit);
    const from = head.placeAfter(after);
    // Before the rows: what is recorded between the two questions belongs to the next page.
    const end = head.place();
    const to = filter === undefined ? end : Math.min(end, from + scannedPlacesMax);
    const rows = rowsOf(from, to, size, filter);
    const last = rows.length === size ? rows.at(-1)?.place : undefined;
    const next = last ?? to;
    return {
      events: eventsFrom(rows),
      next: next === 0 ? undefined : positionOf(storeId, next),
      atHead: next === end,
    };
  };

  return { readStream, readAll };
};
