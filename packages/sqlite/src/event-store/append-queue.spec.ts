import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore } from '@mandate/event-sourcing';
import { newEvent } from '../testing/events';
import { createFaultyDriver, type FaultyDriver } from '../testing/faulty-driver';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { openSqliteEventStore } from './sqlite-event-store';

let folder: TemporaryFolder;
let driver: FaultyDriver;
let store: EventStore;

const open = (): Promise<EventStore> =>
  openSqliteEventStore({
    file: folder.pathOf('events.db'),
    synchronous: 'normal',
    openDatabase: driver.openDatabase,
  });

beforeEach(async () => {
  folder = await createTemporaryFolder();
  driver = createFaultyDriver();
  store = await open();
});

afterEach(async () => {
  await store.close();
  await folder.remove();
});

const commits = (): number => driver.executed.filter((sql) => sql === 'COMMIT').length;

/** Appends at once, each of so many events to a stream of its own. */
const appendMany = (count: number, eventCount = 1, text = ''): readonly Promise<unknown>[] =>
  Array.from({ length: count }, (_, index) =>
    store.append(
      `s${index}`,
      'no-stream',
      Array.from({ length: eventCount }, () => newEvent({ text })),
    ),
  );

const countOfEvents = async (): Promise<number> => (await store.readAll({ limit: 10_000 })).events.length;

describe('appends of one process', () => {
  it('share a COMMIT when they are made at the same time', async () => {
    const before = commits();
    await Promise.all(appendMany(50));
    expect(commits() - before).toBe(1);
  });

  it('go on sharing while their callers append one after the other', async () => {
    const before = commits();
    await Promise.all(
      Array.from({ length: 20 }, async (_, caller) => {
        for (let version = 0; version < 10; version += 1) {
          await store.append(`caller-${caller}`, version, [newEvent()]);
          await store.readStream(`caller-${caller}`);
        }
      }),
    );
    expect(commits() - before).toBe(10);
  });

  it('are written at the next turn of the event loop when they are alone', async () => {
    const before = commits();
    const appending = store.append('alone', 'no-stream', [newEvent()]);
    await nextTurn();
    expect(commits() - before).toBe(1);
    await appending;
  });

  it('make no batch of more events than one append may have', async () => {
    const before = commits();
    await Promise.all(appendMany(11, 100));
    expect(commits() - before).toBe(3);
    expect(await countOfEvents()).toBe(1100);
  });

  it('make no batch of more bytes than one append may have', async () => {
    const before = commits();
    await Promise.all(appendMany(5, 1, 'x'.repeat(400_000)));
    expect(commits() - before).toBe(3);
    expect(await countOfEvents()).toBe(5);
  });

  it('are written alone when they are as large as an append may be', async () => {
    const before = commits();
    await Promise.all(appendMany(3, 1, 'x'.repeat(999_000)));
    expect(commits() - before).toBe(3);
  });

  it('let other work of the process come in between two batches', async () => {
    const done: string[] = [];
    const appends = appendMany(4, 400).map(async (appending, index) => {
      await appending;
      done.push(`append ${index}`);
    });
    const reads = Array.from({ length: 3 }, async (_, index) => {
      for (let turn = 0; turn <= index; turn += 1) await nextTurn();
      const { events } = await store.readAll({ limit: 10_000 });
      done.push(`read of ${events.length}`);
    });
    await Promise.all([...appends, ...reads]);
    expect(done).toEqual([
      'append 0',
      'read of 400',
      'append 1',
      'read of 800',
      'append 2',
      'read of 1200',
      'append 3',
    ]);
  });

  it('store what was given, whatever the caller does to it afterwards', async () => {
    const event = { ...newEvent({ text: 'as given' }) };
    const given = structuredClone(event);
    const appending = store.append('a', 'no-stream', [event]);
    Object.assign(event, { ...newEvent(), type: 'no type at all', schemaVersion: 0 });
    await appending;
    expect((await store.readStream('a')).events).toMatchObject([given]);
  });
});

describe('closing an event store', () => {
  it('writes what was to be appended before, and leaves nobody waiting', async () => {
    const appends = appendMany(3, 400);
    await store.close();
    expect(await Promise.allSettled(appends)).toMatchObject(
      Array.from({ length: 3 }, () => ({ status: 'fulfilled', value: { version: 400 } })),
    );
    store = await open();
    expect(await countOfEvents()).toBe(1200);
  });

  it('refuses what could not be written any more, and leaves nobody waiting', async () => {
    const appends = appendMany(2);
    driver.failNext('BEGIN IMMEDIATE', { errcode: 778, when: 'before' });
    await store.close();
    expect(await Promise.allSettled(appends)).toMatchObject(
      Array.from({ length: 2 }, () => ({ status: 'rejected', reason: { code: 'unavailable' } })),
    );
    store = await open();
    expect(await countOfEvents()).toBe(0);
  });

  it('refuses what comes afterwards', async () => {
    const closing = store.close();
    await expect(store.append('late', 'no-stream', [newEvent()])).rejects.toMatchObject({
      code: 'store-closed',
    });
    await closing;
  });
});

describe('erasing a stream', () => {
  it('erases also what was to be appended before', async () => {
    const appending = store.append('a', 'no-stream', [newEvent()]);
    await store.eraseStream('a');
    expect(await appending).toMatchObject({ version: 1 });
    expect((await store.readStream('a')).events).toEqual([]);
    await expect(store.append('a', 1, [newEvent()])).rejects.toMatchObject({ code: 'stream-closed' });
  });
});
