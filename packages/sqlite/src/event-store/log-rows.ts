import { placeOf, type EventFilter, type RecordedEvent, type StoreId } from '@mandate/event-sourcing';
import type { SqliteDatabase, SqliteValue } from '../driver';
import { pageReaderOf } from './event-pages';

/** Which events of the log are wanted, in its order. */
export interface LogQuestion {
  /** The place before the first one. */
  readonly after: number;
  /** The place of the last one. */
  readonly to: number;
  readonly limit: number;
  readonly filter: EventFilter | undefined;
}

export type ReadFromLog = (question: LogQuestion) => readonly RecordedEvent[];

/** The name of an erased stream begins with an asterisk, every other one with a letter. */
const firstName = 'A';

const fromWholeLog = `FROM event
  WHERE place > ?1 AND place <= ?3 AND stream >= '${firstName}'
  ORDER BY place LIMIT ?2`;

const fromFilteredLog = `FROM event
  WHERE place > ?1 AND place <= ?3 AND stream >= ?4 AND stream < ?5
    AND (?6 IS NULL OR type IN (SELECT value FROM json_each(?6)))
  ORDER BY place LIMIT ?2`;

const namesWith = (prefix: string): readonly [from: string, to: string] => [
  prefix < firstName ? firstName : prefix,
  // Behind every text that begins with the prefix.
  `${prefix}\u{10FFFF}`,
];

const parametersOf = ({ streamPrefix = '', types }: EventFilter): readonly SqliteValue[] => [
  ...namesWith(streamPrefix),
  types === undefined ? null : JSON.stringify(types),
];

/** The place of an event in the log. */
export const placeIn = ({ position }: RecordedEvent): number => Number(placeOf(position)[0]);

/** Reads events from the log, filtered by SQLite unless nothing would be left out. */
export const logReaderOn = (database: SqliteDatabase, storeId: StoreId): ReadFromLog => {
  const whole = pageReaderOf(database, storeId, fromWholeLog);
  const filtered = pageReaderOf(database, storeId, fromFilteredLog);

  const readWhole: ReadFromLog = ({ after, to, limit }) =>
    whole.read({ after, limit, rest: [to], placeOf: placeIn });

  const readFiltered = ({ after, to, limit }: LogQuestion, filter: EventFilter): readonly RecordedEvent[] =>
    filtered.read({ after, limit, rest: [to, ...parametersOf(filter)], placeOf: placeIn });

  /**
   * Most projections ask for every type that there is, and to look at the types that were read is quicker than to have
   * SQLite look. From the first one on that is not wanted, SQLite looks.
   */
  const readTypes = (question: LogQuestion, types: readonly string[]): readonly RecordedEvent[] => {
    const wanted = new Set(types);
    const events: RecordedEvent[] = [];
    let { after } = question;
    while (events.length < question.limit) {
      const limit = question.limit - events.length;
      const part = whole.readStart({ after, limit, rest: [question.to], placeOf: placeIn });
      if (part?.every(({ type }) => wanted.has(type)) !== true) {
        return [...events, ...readFiltered({ ...question, after, limit }, { types })];
      }
      const last = part.at(-1);
      if (last === undefined) break;
      for (const event of part) events.push(event);
      after = placeIn(last);
    }
    return events;
  };

  return (question) => {
    const { filter } = question;
    if (filter === undefined) return readWhole(question);
    const { streamPrefix = '', types } = filter;
    return types === undefined || streamPrefix !== ''
      ? readFiltered(question, filter)
      : readTypes(question, types);
  };
};
