import {
  EventStoreError,
  pageSizeOf,
  versionAfterOf,
  type LogPage,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type StoreId,
  type StreamPage,
} from '@mandate/event-sourcing';
import type { SqliteDatabase } from '../driver';
import { digestOf } from './digest';
import { pageReaderOf } from './event-pages';
import type { LogHead } from './log-head';
import { logReaderOn, placeIn } from './log-rows';

export interface EventReader {
  readStream(stream: string, options: ReadStreamOptions): StreamPage;
  readAll(options: ReadAllOptions): LogPage;
}

/** A filtered page looks at no more rows than this, so that a rare type does not hold up the process. */
const scannedPlacesMax = 10_000;

/** The name is compared too: an erased stream keeps its digest, but no name. */
const fromStream = `FROM event
  WHERE stream_digest = ?3 AND version > ?1 AND stream = ?4 ORDER BY version LIMIT ?2`;

/** Reads pages of streams and of the log. Rows that cannot be read are `corrupt`. */
export const eventReaderOn = (database: SqliteDatabase, storeId: StoreId, head: LogHead): EventReader => {
  const streamPages = pageReaderOf(database, storeId, fromStream);
  const readFromLog = logReaderOn(database, storeId);
  const hasLater = database.prepare(
    'SELECT 1 FROM event WHERE stream_digest = ? AND version > ? AND stream = ? LIMIT 1',
  );
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
    const digest = digestOf(stream);
    const events = streamPages.read({
      after: from,
      limit: size,
      rest: [digest, stream],
      placeOf: ({ version }) => version,
    });
    requireNoGap(events, from);
    const next = events.at(-1)?.version ?? from;
    return {
      events,
      next,
      atEnd: events.length < size || hasLater.get(digest, next, stream) === undefined,
    };
  };

  const readAll = ({ after, limit, filter }: ReadAllOptions): LogPage => {
    const size = pageSizeOf(limit);
    const from = head.placeAfter(after);
    // Before the rows: what is recorded between the two questions belongs to the next page.
    const end = head.place();
    const to = filter === undefined ? end : Math.min(end, from + scannedPlacesMax);
    const events = readFromLog({ after: from, limit: size, to, filter });
    const last = events.length === size ? events.at(-1) : undefined;
    const next = last === undefined ? to : placeIn(last);
    return { events, next: head.positionAt(next), atHead: next === end };
  };

  return { readStream, readAll };
};
