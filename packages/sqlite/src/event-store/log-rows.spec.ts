import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isEventStoreError, type RecordedEvent, type StoreId } from '@mandate/event-sourcing';
import fc from 'fast-check';
import { openSqliteDatabase, type SqliteDatabase } from '../driver';
import { prepareEventTables, storeIdIn } from './event-schema';
import { logReaderOn, placeIn } from './log-rows';

const uuid = '0190f5fe-0000-7000-8000-000000000001';
const metadata = `{"commandId":"${uuid}","correlationId":"${uuid}","causationId":"${uuid}","actor":"a"}`;
// So large that a page is read in several parts.
const largeData = JSON.stringify({ text: 'x'.repeat(4000) });
const allTypes = ['Common', 'Frequent', 'Rare'] as const;

interface Row {
  readonly type: string;
  readonly stream: string;
  readonly isReadable: boolean;
}

const row: fc.Arbitrary<Row> = fc.record({
  type: fc.oneof(
    { weight: 60, arbitrary: fc.constant('Common') },
    { weight: 60, arbitrary: fc.constant('Frequent') },
    { weight: 1, arbitrary: fc.constant('Rare') },
  ),
  stream: fc.constantFrom('a-1', 'a-2', 'b-1', '*'),
  isReadable: fc.nat({ max: 500 }).map((chance) => chance > 0),
});

let database: SqliteDatabase;
let storeId: StoreId;

beforeEach(() => {
  database = openSqliteDatabase(':memory:');
  prepareEventTables(database);
  storeId = storeIdIn(database);
});

afterEach(() => {
  database.close();
});

const fillWith = (rows: readonly Row[]): void => {
  database.exec('DELETE FROM event');
  database.exec('DELETE FROM sqlite_sequence');
  const insert = database.prepare(
    `INSERT INTO event (stream_digest, version, event_digest, stream, event_id, type, schema_version, recorded_at, data, metadata)
      VALUES (?, ?, ?, ?, ?, ?, 1, '2026-03-29T08:00:00.000Z', ?, ?)`,
  );
  for (const [index, { type, stream, isReadable }] of rows.entries()) {
    const data = isReadable ? largeData : '[]';
    insert.run(
      Buffer.of(1),
      index + 1,
      Buffer.of(index % 256, index >> 8),
      stream,
      uuid,
      type,
      data,
      metadata,
    );
  }
};

/** The places that were read, or the place of the event that cannot be. */
const placesRead = (read: () => readonly RecordedEvent[]): readonly number[] | string => {
  try {
    return read().map(placeIn);
  } catch (error) {
    if (!isEventStoreError(error) || error.failure.kind !== 'corrupt') throw error;
    return `corrupt at ${error.failure.position.slice(storeId.length + 1)}`;
  }
};

interface Question {
  readonly after: number;
  readonly limit: number;
  readonly types: readonly string[] | undefined;
  readonly streamPrefix: string | undefined;
}

const placesExpected = (rows: readonly Row[], question: Question): readonly number[] | string => {
  const wanted = rows
    .map((one, index) => ({ ...one, place: index + 1 }))
    .filter(
      ({ place, stream, type }) =>
        place > question.after &&
        stream !== '*' &&
        stream.startsWith(question.streamPrefix ?? '') &&
        (question.types?.includes(type) ?? true),
    )
    .slice(0, question.limit);
  const unreadable = wanted.find(({ isReadable }) => !isReadable);
  return unreadable === undefined ? wanted.map(({ place }) => place) : `corrupt at ${unreadable.place}`;
};

describe('events read from the log', () => {
  it('are those that the filter wants, whether or not it leaves out what is there, and none is looked at for nothing', () => {
    const readFromLog = logReaderOn(database, storeId);
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 120, size: 'max' }),
        fc.record({
          after: fc.nat({ max: 60 }),
          limit: fc.integer({ min: 1, max: 120 }),
          types: fc.option(fc.oneof(fc.constant(allTypes), fc.subarray([...allTypes])), { nil: undefined }),
          streamPrefix: fc.option(fc.constantFrom('', 'a-', 'b'), { nil: undefined }),
        }),
        (rows, question) => {
          fillWith(rows);
          const { after, limit, types, streamPrefix } = question;
          const filter =
            types === undefined && streamPrefix === undefined
              ? undefined
              : { ...(types && { types }), ...(streamPrefix !== undefined && { streamPrefix }) };
          const read = (): readonly RecordedEvent[] => readFromLog({ after, limit, to: 1000, filter });
          expect(placesRead(read)).toEqual(placesExpected(rows, question));
        },
      ),
      { numRuns: 400 },
    );
  });
});
