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

export interface PageReader {
  readonly read: (question: PageQuestion) => readonly RecordedEvent[];
  /** The beginning of the page, as long as is quick; `undefined` when it holds rows that are not as they should be. */
  readonly readStart: (question: PageQuestion) => readonly RecordedEvent[] | undefined;
}

/** Texts of about this size stay in the caches of the processor; larger ones take several times as long. */
const textLengthWanted = 80_000;
const rowsAtFirst = 50;

/**
 * Reads the events of a query that begins with FROM and ends with LIMIT ?2. Rows are read packed, as many at once as
 * is quick; what is not as it should be then is read row by row, to be read after all, or refused with its place.
 */
export const pageReaderOf = (database: SqliteDatabase, storeId: StoreId, from: string): PageReader => {
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

  const parametersOf = ({
    after,
    limit,
    rest,
  }: PageQuestion): readonly [number, number, ...SqliteValue[]] => [
    after,
    Math.min(limit, rowsAtOnce),
    ...rest,
  ];

  const read = (question: PageQuestion): readonly RecordedEvent[] => {
    const events: RecordedEvent[] = [];
    let { after } = question;
    while (events.length < question.limit) {
      const parameters = parametersOf({ ...question, after, limit: question.limit - events.length });
      const part = readPacked(parameters) ?? readRows(parameters);
      for (const event of part) events.push(event);
      const last = part.at(-1);
      if (last === undefined || part.length < parameters[1]) break;
      after = question.placeOf(last);
    }
    return events;
  };

  return { read, readStart: (question) => readPacked(parametersOf(question)) };
};
