import type { RecordedEvent } from '@mandate/event-sourcing';
import { openSqliteDatabase, openSqliteEventStore } from '@mandate/sqlite';
import type { JournalEntry } from './journal';

/** What was found wrong, one sentence each. */
export type Findings = readonly string[];

const wholeLog = async (file: string): Promise<readonly RecordedEvent[]> => {
  const store = await openSqliteEventStore({ file });
  try {
    const log: RecordedEvent[] = [];
    for (;;) {
      const { events, next, atHead } = await store.readAll({ after: log.at(-1)?.position });
      log.push(...events);
      if (atHead || next === undefined) return log;
    }
  } finally {
    await store.close();
  }
};

const integrityOf = (file: string): Findings => {
  const database = openSqliteDatabase(file);
  const rows = database.prepare('PRAGMA integrity_check').all() as readonly {
    readonly integrity_check: string;
  }[];
  database.close();
  return rows.map((row) => row.integrity_check).filter((answer) => answer !== 'ok');
};

const orderOf = (log: readonly RecordedEvent[]): Findings => {
  const versions = new Map<string, number>();
  return log.flatMap(({ stream, version, recordedAt }, index) => {
    const expected = (versions.get(stream) ?? 0) + 1;
    versions.set(stream, version);
    const isLate = recordedAt >= (log[index - 1]?.recordedAt ?? '');
    return [
      ...(version === expected ? [] : [`${stream}: found version ${version} instead of ${expected}`]),
      ...(isLate ? [] : [`${stream}: version ${version} is dated before the event that precedes it`]),
    ];
  });
};

const idsOf = (log: readonly RecordedEvent[]): ReadonlyMap<string, RecordedEvent> =>
  new Map(log.map((event) => [event.eventId, event]));

/** Where the events of an append are, if they are where they should be, all of them. */
const appendIn = (
  { stream, expected, eventIds }: JournalEntry,
  byId: ReadonlyMap<string, RecordedEvent>,
): 'there' | 'absent' | 'torn' => {
  if (eventIds.every((eventId) => !byId.has(eventId))) return 'absent';
  const isThere = eventIds.every((eventId, index) => {
    const event = byId.get(eventId);
    return event?.stream === stream && event.version === expected + index + 1;
  });
  return isThere ? 'there' : 'torn';
};

const promiseOf = (entry: JournalEntry, byId: ReadonlyMap<string, RecordedEvent>): Findings => {
  const where = `${entry.stream} from version ${entry.expected}`;
  if (entry.kind === 'failed') return [`${where}: failed, ${entry.reason ?? 'without a reason'}`];
  const state = appendIn(entry, byId);
  if (state === 'torn') return [`${where}: only a part of the append is there, or at another place`];
  return entry.kind === 'acknowledged' && state === 'absent'
    ? [`${where}: ${entry.eventIds.length} acknowledged events are lost`]
    : [];
};

/** Compares a file that nobody is writing with what all writers wrote down. */
export const inspect = async (file: string, journal: readonly JournalEntry[]): Promise<Findings> => {
  const log = await wholeLog(file);
  const byId = idsOf(log);
  const known = new Set(journal.flatMap(({ eventIds }) => eventIds));
  const unknown = log.filter(({ eventId }) => !known.has(eventId));
  return [
    ...integrityOf(file),
    ...orderOf(log),
    ...journal.flatMap((entry) => promiseOf(entry, byId)),
    ...(byId.size === log.length ? [] : [`${log.length - byId.size} events are there twice`]),
    ...(unknown.length === 0 ? [] : [`${unknown.length} events were never appended by anybody`]),
  ];
};
