import type { RecordedEvent, StoreId } from '@mandate/event-sourcing';
import type { SqliteDatabase, SqliteValue } from '../driver';
import { eventColumns, eventReaderOf, type EventRow } from './event-row';
import { eventsIn, selectPacked, type PackedRows } from './packed-rows';

/** What a page is asked for; the question's own parameters come third and later. */
export interface PageQuestion {
  /** The first parameter: the page begins after it. */
  readonly after: number;
  /** The second parameter. */
  readonly limit: number;
  readonly rest: readonly SqliteValue[];
  /** Where the next part of the page begins. */
  readonly placeOf: (event: RecordedEvent) => number;
}

export type ReadPage = (question: PageQuestion) => readonly RecordedEvent[];

/** Texts of about this size stay in the caches of the processor; larger ones take several times as long. */
const textLengthWanted = 80_000;
const rowsAtFirst = 50;

/**
 * Reads the events of a query that begins with FROM and ends with LIMIT ?2. Rows are read packed, as many at once as
 * is quick; what is not as it should be then is read row by row, to be read after all, or refused with its place.
 */
export const pageReaderOf = (database: SqliteDatabase, storeId: StoreId, from: string): ReadPage => {
  const packed = database.prepare(selectPacked(from));
  const rows = database.prepare(`SELECT ${eventColumns} ${from}`);
  const toEvent = eventReaderOf(storeId);
  let rowsAtOnce = rowsAtFirst;

  const readPacked = (parameters: readonly SqliteValue[]): readonly RecordedEvent[] | undefined => {
    const found = packed.get(...parameters) as PackedRows;
    const { count, text } = found;
    if (text !== null && count > 0) {
      rowsAtOnce = Math.max(1, Math.round((textLengthWanted * count) / text.length));
    }
    return eventsIn(storeId, found);
  };

  const readRows = (parameters: readonly SqliteValue[]): readonly RecordedEvent[] =>
    Array.from(rows.all(...parameters) as readonly EventRow[], toEvent);

  return ({ after, limit, rest, placeOf }) => {
    const events: RecordedEvent[] = [];
    let place = after;
    while (events.length < limit) {
      const wanted = Math.min(limit - events.length, rowsAtOnce);
      const parameters = [place, wanted, ...rest];
      const read = readPacked(parameters) ?? readRows(parameters);
      for (const event of read) events.push(event);
      const last = read.at(-1);
      if (last === undefined || read.length < wanted) break;
      place = placeOf(last);
    }
    return events;
  };
};
