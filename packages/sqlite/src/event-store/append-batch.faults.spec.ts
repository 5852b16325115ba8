import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  isEventStoreError,
  type EventStore,
  type EventStoreFailure,
  type EventToAppend,
} from '@mandate/event-sourcing';
import { openSqliteDatabase } from '../driver';
import { newEvent } from '../testing/events';
import { createFaultyDriver, type FaultyDriver, type StatementFault } from '../testing/faulty-driver';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { openSqliteEventStore } from './sqlite-event-store';

const [busy, outOfMemory, inputOutputOfWrite, full] = [5, 7, 778, 13];

let folder: TemporaryFolder;
let driver: FaultyDriver;
let store: EventStore;

beforeEach(async () => {
  folder = await createTemporaryFolder();
  driver = createFaultyDriver();
  store = await openSqliteEventStore({
    file: folder.pathOf('events.db'),
    busyTimeoutMs: 30,
    synchronous: 'normal',
    openDatabase: driver.openDatabase,
  });
});

afterEach(async () => {
  await store.close();
  await folder.remove();
});

interface Append {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly EventToAppend[];
}

type Answer = number | EventStoreFailure;

const append = ({ stream, expected, events }: Append): Promise<Answer> =>
  store.append(stream, expected, events).then(
    ({ version }) => version,
    (error: unknown) => {
      if (!isEventStoreError(error)) throw error;
      return error.failure;
    },
  );

const idsIn = async (stream: string): Promise<readonly string[]> =>
  (await store.readStream(stream)).events.map(({ eventId }) => eventId);

const idsOf = ({ events }: Append): readonly string[] => events.map(({ eventId }) => eventId);

const twoEvents = (): readonly EventToAppend[] => [newEvent(), newEvent()];

/** At once: appends that are right, a conflict, a used id, a repetition; some of one event, some of two. */
const planBatch = async (name: string): Promise<readonly Append[]> => {
  const [known, first] = [newEvent(), { stream: `${name}-1`, expected: 0, events: twoEvents() }];
  await store.append(`${name}-before`, 'no-stream', [known]);
  return [
    first,
    { stream: `${name}-2`, expected: 0, events: twoEvents() },
    { stream: `${name}-1`, expected: 1, events: twoEvents() },
    { stream: `${name}-3`, expected: 0, events: [newEvent(), known] },
    first,
    { stream: `${name}-4`, expected: 0, events: twoEvents() },
    { stream: `${name}-5`, expected: 0, events: [known] },
    { stream: `${name}-6`, expected: 0, events: [newEvent()] },
  ];
};

const kindOf = (answer: Answer | undefined): unknown => (typeof answer === 'object' ? answer.kind : answer);

const duplicate = 'duplicate-event-id';
const kindsWithoutFault = [2, 2, 'version-conflict', duplicate, 2, 2, duplicate, 1];

const appendAll = (batch: readonly Append[]): Promise<readonly Answer[]> => Promise.all(batch.map(append));

interface Aftermath {
  /** The statement that failed. */
  readonly sql: string | undefined;
  readonly batch: readonly Append[];
  readonly answers: readonly Answer[];
  readonly isWritten: boolean;
}

/** Lets one statement of a batch fail, requires that the batch is there as a whole or not at all. */
const failAt = async (name: string, number: number, fault: StatementFault): Promise<Aftermath> => {
  const batch = await planBatch(name);
  const before = driver.executed.length;
  driver.failNumber(number, fault);
  const answers = await appendAll(batch);
  const sql = driver.executed[before + number];
  const written = await Promise.all([1, 2, 3, 4, 5, 6].map((which) => idsIn(`${name}-${which}`)));
  const isWritten = written.some((ids) => ids.length > 0);
  const whole = [batch[0], batch[1], undefined, batch[5], undefined, batch[7]];
  const expected = whole.map((each) => (isWritten && each ? idsOf(each) : []));
  expect({ sql, written }).toEqual({ sql, written: expected });
  return { sql, batch, answers, isWritten };
};

const countStatements = async (): Promise<number> => {
  const batch = await planBatch('without-fault');
  const before = driver.executed.length;
  await appendAll(batch);
  return driver.executed.length - before;
};

describe('a batch of appends', () => {
  it('is written with one COMMIT, and one that is refused does not fail the others', async () => {
    const batch = await planBatch('a');
    const before = driver.executed.length;
    const answers = await Promise.all(batch.map(append));
    expect(answers.map(kindOf)).toEqual(kindsWithoutFault);
    const executed = driver.executed.slice(before);
    expect(executed.filter((sql) => sql === 'COMMIT')).toHaveLength(1);
    expect(executed.filter((sql) => sql === 'ROLLBACK TO part')).toHaveLength(2);
  });

  it.each([
    ['the disk fails', inputOutputOfWrite, ['before', 'after']],
    ['the disk is full', full, ['before', 'after']],
    ['memory runs out', outOfMemory, ['before', 'after']],
    // Who is told that a lock was in the way has not got past it.
    ['a lock is in the way', busy, ['before']],
  ] as const)('keeps its word wherever %s', async (_, errcode, moments) => {
    const count = await countStatements();
    expect(count).toBeGreaterThan(30);
    for (const when of moments) {
      for (let number = 0; number < count; number += 1) {
        const { sql, batch, answers, isWritten } = await failAt(`${when}-${number}`, number, {
          errcode,
          when,
        });
        const isUnknown = sql === 'COMMIT' && errcode !== busy;
        const kind = isUnknown ? 'outcome-unknown' : 'unavailable';
        expect({ sql, kinds: answers.map(kindOf) }).toEqual({ sql, kinds: batch.map(() => kind) });
        expect({ sql, isWritten }).toEqual({ sql, isWritten: isUnknown && when === 'after' });
        if (isUnknown) expect(answers).toMatchObject(batch.map((each) => ({ eventIds: idsOf(each) })));
        // The store goes on, and repeating everything leads to where it would have been.
        expect((await appendAll(batch)).map(kindOf)).toEqual(kindsWithoutFault);
      }
    }
  });

  it('is unavailable as a whole, after one wait, while another process holds the lock for too long', async () => {
    const other = openSqliteDatabase(folder.pathOf('events.db'));
    other.exec('BEGIN IMMEDIATE');
    const appends = Array.from({ length: 20 }, (_, index) => ({
      stream: `s${index}`,
      expected: 0,
      events: twoEvents(),
    }));
    const startedAt = Date.now();
    const answers = await Promise.all(appends.map(append));
    // Twenty waits of 30 ms would take 600 ms.
    expect(Date.now() - startedAt).toBeLessThan(450);
    expect(new Set(answers.map(kindOf))).toEqual(new Set(['unavailable']));
    other.exec('ROLLBACK');
    expect(await Promise.all(appends.map(append))).toEqual(Array(20).fill(2));
    other.close();
  });
});
