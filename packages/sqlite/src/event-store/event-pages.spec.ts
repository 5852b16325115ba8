import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isEventStoreError, type RecordedEvent, type StoreId } from '@mandate/event-sourcing';
import fc from 'fast-check';
import { openSqliteDatabase, type SqliteDatabase } from '../driver';
import { pageReaderOf } from './event-pages';
import { eventColumns, eventReaderOf, type EventRow } from './event-row';
import { prepareEventTables, storeIdIn } from './event-schema';

const uuid = '0190f5fe-0000-7000-8000-000000000001';
const soundMetadata = `{"commandId":"${uuid}","correlationId":"${uuid}","causationId":"${uuid}","actor":"a"}`;
const anotherRow = `${soundMetadata}],[999999999,"s",9,"${uuid}","T",1,"2026-03-29T08:00:00.000Z",{}`;

const sound = {
  stream: fc.constantFrom('some-stream', 'a'),
  eventId: fc.uuid(),
  type: fc.constantFrom('T', 'SomethingHappened'),
  recordedAt: fc.constant('2026-03-29T08:00:00.000Z'),
  data: fc.json({ maxDepth: 2 }).map((text) => `{"of":${text}}`),
  metadata: fc.constant(soundMetadata),
} as const;

/** What may come of text that somebody else has written to. */
const damaged = fc.oneof(
  fc.constantFrom(
    '',
    '{}',
    '[]',
    '{},{}',
    '{',
    '}',
    '"',
    '\\',
    '\\u0041',
    'null',
    '5',
    anotherRow,
    `{},${anotherRow}`,
    `{},${soundMetadata}`,
  ),
  fc.constantFrom('"},{"a":"b', '{"__proto__":1}', '{"a":1,"a":2}', ' {} ', '{}\n', '\u0000', 'ż'),
  fc.string({ unit: 'binary' }),
);

const cell = (healthy: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 9, arbitrary: healthy }, { weight: 1, arbitrary: damaged });

interface Cells {
  readonly stream: string;
  readonly eventId: string;
  readonly type: string;
  readonly recordedAt: string;
  readonly data: string;
  readonly metadata: string;
}

const row: fc.Arbitrary<Cells> = fc.record({
  stream: cell(sound.stream),
  eventId: cell(sound.eventId),
  type: cell(sound.type),
  recordedAt: cell(sound.recordedAt),
  data: cell(sound.data),
  metadata: cell(sound.metadata),
});

type Answer = { readonly events: readonly RecordedEvent[] } | { readonly failure: unknown };

const answerOf = (read: () => readonly RecordedEvent[]): Answer => {
  try {
    return { events: read() };
  } catch (error) {
    return { failure: isEventStoreError(error) ? error.failure : String(error) };
  }
};

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

const fillWith = (rows: readonly Cells[]): void => {
  database.exec('DELETE FROM event');
  const insert = database.prepare(
    `INSERT INTO event (stream_digest, version, event_digest, stream, event_id, type, schema_version, recorded_at, data, metadata)
      VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?)`,
  );
  for (const [index, { stream, eventId, type, recordedAt, data, metadata }] of rows.entries()) {
    insert.run(Buffer.of(1), index + 1, Buffer.of(index), stream, eventId, type, recordedAt, data, metadata);
  }
};

const oneByOne = (): readonly RecordedEvent[] => {
  const rows = database.prepare(`SELECT ${eventColumns} FROM event ORDER BY place`).all();
  return Array.from(rows as readonly EventRow[], eventReaderOf(storeId));
};

const placeOf = ({ position }: RecordedEvent): number => Number(position.split(':')[1]);

describe('events that are read many at once', () => {
  it('are those that are read row by row, also when rows are damaged', () => {
    const pages = pageReaderOf(database, storeId, 'FROM event WHERE place > ?1 ORDER BY place LIMIT ?2');
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        fillWith(rows);
        const read = (): readonly RecordedEvent[] => pages.read({ after: 0, limit: 12, rest: [], placeOf });
        expect(answerOf(read)).toEqual(answerOf(oneByOne));
      }),
      { numRuns: 2000 },
    );
  });

  it('are as many as were asked for, however large they are', () => {
    const pages = pageReaderOf(database, storeId, 'FROM event WHERE place > ?1 ORDER BY place LIMIT ?2');
    const rows = Array.from({ length: 130 }, (_, index) => ({
      ...{ stream: 'a', eventId: uuid, type: 'T', recordedAt: '2026-03-29T08:00:00.000Z' },
      data: JSON.stringify({ text: 'x'.repeat(index % 20 === 0 ? 100_000 : 10) }),
      metadata: soundMetadata,
    }));
    fillWith(rows);
    for (const limit of [1, 49, 50, 51, 130, 131]) {
      const events = pages.read({ after: 0, limit, rest: [], placeOf });
      expect(events).toEqual(oneByOne().slice(0, limit));
    }
  });
});
