import { stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tryAppend, type EventStore } from '@mandate/event-sourcing';
import { openSqliteDatabase } from '../driver';
import { newEvent } from '../testing/events';
import { createFaultyDriver, type FaultyDriver } from '../testing/faulty-driver';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { openSqliteEventStore } from './sqlite-event-store';

const [busy, inputOutputOfWrite, full, readOnly, uniqueViolation] = [5, 778, 13, 8, 2067];

let folder: TemporaryFolder;
let file: string;
let driver: FaultyDriver;
let store: EventStore;

beforeEach(async () => {
  folder = await createTemporaryFolder();
  file = folder.pathOf('events.db');
  driver = createFaultyDriver();
  store = await openSqliteEventStore({ file, busyTimeoutMs: 30, openDatabase: driver.openDatabase });
});

afterEach(async () => {
  await store.close();
  await folder.remove();
});

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no failure',
    (error: unknown) => (error as { readonly failure?: unknown }).failure ?? error,
  );

const versionOf = async (stream: string): Promise<number> => (await store.readStream(stream)).events.length;

describe('an append', () => {
  it('is unavailable, to be tried again, while another process holds the lock for too long', async () => {
    const other = openSqliteDatabase(file);
    other.exec('BEGIN IMMEDIATE');
    const event = newEvent();
    expect(await failureOf(store.append('a', 'no-stream', [event]))).toMatchObject({
      kind: 'unavailable',
      retryable: true,
    });
    other.exec('ROLLBACK');
    await store.append('a', 'no-stream', [event]);
    expect(await versionOf('a')).toBe(1);
    other.close();
  });

  it.each([
    ['the disk fails', inputOutputOfWrite],
    ['the disk is full', full],
  ])('has an unknown outcome when %s while it is committed', async (_, errcode) => {
    for (const when of ['before', 'after'] as const) {
      const [stream, events] = [`commit-fails-${when}`, [newEvent(), newEvent()]];
      driver.failNext('COMMIT', { errcode, when });
      expect(await failureOf(store.append(stream, 'no-stream', events))).toEqual({
        kind: 'outcome-unknown',
        eventIds: events.map(({ eventId }) => eventId),
      });
      expect(await versionOf(stream)).toBe(when === 'before' ? 0 : 2);
      // The way out that the port describes: read back by id, repeat with the same ids and the same version.
      expect(await tryAppend(store, stream, 0, events)).toMatchObject({
        outcome: 'appended',
        result: { version: 2 },
      });
      expect(await versionOf(stream)).toBe(2);
    }
  });

  it('did not happen, for certain, when a lock prevents the commit', async () => {
    const event = newEvent();
    driver.failNext('COMMIT', { errcode: busy, when: 'before' });
    expect(await failureOf(store.append('a', 'no-stream', [event]))).toMatchObject({
      kind: 'unavailable',
      retryable: true,
    });
    expect(await versionOf('a')).toBe(0);
    await store.append('a', 'no-stream', [event]);
    expect(await versionOf('a')).toBe(1);
  });

  it.each([
    ['the disk fails', inputOutputOfWrite, true],
    ['the disk is full', full, true],
    ['the file must not be written', readOnly, false],
  ])('did not happen, for certain, when %s before the commit', async (_, errcode, retryable) => {
    driver.failNext('INSERT INTO event', { errcode, when: 'after' });
    const events = [newEvent(), newEvent()];
    expect(await failureOf(store.append('a', 'no-stream', events))).toMatchObject({
      kind: 'unavailable',
      retryable,
    });
    expect(await versionOf('a')).toBe(0);
    await store.append('a', 'no-stream', events);
    expect(await versionOf('a')).toBe(2);
  });

  it('is never called a duplicate when no event id is there already', async () => {
    driver.failNext('INSERT INTO event', { errcode: uniqueViolation, when: 'before' });
    const failure = await failureOf(store.append('a', 'no-stream', [newEvent()]));
    expect(failure).toEqual({ kind: 'unavailable', retryable: false, reason: 'SQLite reported code 19' });
  });

  it('tells nothing of the error that has no code of SQLite', async () => {
    const broken = await openSqliteEventStore({
      file: ':memory:',
      clock: () => {
        throw new TypeError('a broken clock');
      },
    });
    await expect(broken.append('a', 'no-stream', [newEvent()])).rejects.toThrow(TypeError);
    expect((await broken.readAll()).events).toEqual([]);
    await broken.close();
  });
});

describe('a read', () => {
  it('is unavailable when the disk fails, and works again afterwards', async () => {
    await store.append('a', 'no-stream', [newEvent()]);
    driver.failNext('SELECT count(*) AS count', { errcode: inputOutputOfWrite, when: 'before' });
    expect(await failureOf(store.readAll())).toMatchObject({ kind: 'unavailable', retryable: true });
    expect((await store.readAll()).events).toHaveLength(1);
  });
});

describe('erasing', () => {
  it('is to be tried again when the commit fails, and does what it should then', async () => {
    await store.append('a', 'no-stream', [newEvent()]);
    driver.failNext('COMMIT', { errcode: inputOutputOfWrite, when: 'before' });
    expect(await failureOf(store.eraseStream('a'))).toMatchObject({ kind: 'unavailable', retryable: true });
    await store.eraseStream('a');
    expect(await versionOf('a')).toBe(0);
  });
});

describe('a subscription', () => {
  it('reports it when looking for new events fails', async () => {
    const failing = createFaultyDriver();
    const other = await openSqliteEventStore({ file, pollIntervalMs: 5, openDatabase: failing.openDatabase });
    const follow = async (): Promise<void> => {
      for await (const batch of other.subscribe()) {
        expect(batch.kind).toBe('caught-up');
        failing.failNext('PRAGMA data_version', { errcode: inputOutputOfWrite, when: 'before' });
        failing.failNext('SELECT seq AS place FROM sqlite_sequence', {
          errcode: inputOutputOfWrite,
          when: 'before',
        });
        setTimeout(() => {
          failing.failNext('SELECT seq AS place FROM sqlite_sequence', {
            errcode: inputOutputOfWrite,
            when: 'before',
          });
        }, 1);
      }
    };
    expect(await failureOf(follow())).toMatchObject({ kind: 'unavailable', retryable: true });
    await other.close();
  });

  it('lets the process do other work while it reads a long backlog', async () => {
    for (let version = 0; version < 20_000; version += 500) {
      await store.append(
        'long',
        version,
        Array.from({ length: 500 }, () => newEvent()),
      );
    }
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 1);
    for await (const batch of store.subscribe()) if (batch.kind === 'caught-up') break;
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(3);
    // Nor does one page look through all of it for a type that does not occur.
    const rare = await store.readAll({ filter: { types: ['Never'] } });
    expect(rare).toEqual({ events: [], next: `${store.storeId}:10000`, atHead: false });
  });
});

describe('the files of an event store', () => {
  it('do not grow without bound beside the database', async () => {
    for (let version = 0; version < 2500; version += 50) {
      const text = 'x'.repeat(10_000);
      await store.append(
        'large',
        version,
        Array.from({ length: 50 }, () => newEvent({ text })),
      );
    }
    expect((await stat(file)).size).toBeGreaterThan(20_000_000);
    expect((await stat(`${file}-wal`)).size).toBeLessThanOrEqual(8 * 1024 * 1024);
  });

  it('are one file once the store is closed', async () => {
    await store.append('a', 'no-stream', [newEvent()]);
    expect((await stat(`${file}-wal`)).size).toBeGreaterThan(0);
    await store.close();
    expect(
      await stat(`${file}-wal`).then(
        ({ size }) => size,
        () => 0,
      ),
    ).toBe(0);
  });
});

describe('opening an event store', () => {
  it('is unavailable, to be tried again, while another process holds the lock for too long', async () => {
    const other = openSqliteDatabase(folder.pathOf('locked.db'));
    other.exec('BEGIN EXCLUSIVE');
    const opening = openSqliteEventStore({ file: folder.pathOf('locked.db'), busyTimeoutMs: 30 });
    expect(await failureOf(opening)).toMatchObject({ kind: 'unavailable', retryable: true });
    other.exec('ROLLBACK');
    other.close();
  });

  it('refuses a poll interval that is no number of milliseconds', async () => {
    await expect(openSqliteEventStore({ file, pollIntervalMs: 0 })).rejects.toThrow(RangeError);
  });
});
