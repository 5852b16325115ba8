import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createAggregateSnapshots,
  createInMemoryEventStore,
  eventCodec,
  loadAggregate,
  recordCodec,
  type Position,
  type Snapshot,
  type SnapshotStore,
  type Uuid,
} from '@mandate/event-sourcing';
import { snapshotStoreConformance } from '@mandate/event-sourcing/testing';
import * as t from 'io-ts';
import { openSqliteDatabase } from '../driver';
import { openSqliteEventStore } from '../event-store/sqlite-event-store';
import { openSqliteKeyStore } from '../key-store/sqlite-key-store';
import { openSqliteProjectionStore } from '../projection-store/sqlite-projection-store';
import { newEvent } from '../testing/events';
import { createFaultyDriver } from '../testing/faulty-driver';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { openSqliteSnapshotStore } from './sqlite-snapshot-store';

snapshotStoreConformance({ describe, it }, 'SQLite (in memory)', {
  createHarness: () =>
    Promise.resolve({
      sharesData: false,
      open: () => openSqliteSnapshotStore({ file: ':memory:' }),
      dispose: () => Promise.resolve(),
    }),
});

snapshotStoreConformance({ describe, it }, 'SQLite (in a file)', {
  createHarness: async () => {
    const own = await createTemporaryFolder();
    return {
      sharesData: true,
      open: () => openSqliteSnapshotStore({ file: own.pathOf('snapshots.db') }),
      dispose: own.remove,
    };
  },
});

let folder: TemporaryFolder;
let file: string;
const stores: { readonly close: () => Promise<void> }[] = [];

const opened = async <Store extends { readonly close: () => Promise<void> }>(
  opening: Promise<Store>,
): Promise<Store> => {
  const store = await opening;
  stores.push(store);
  return store;
};

beforeEach(async () => {
  folder = await createTemporaryFolder();
  file = folder.pathOf('snapshots.db');
});

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  await folder.remove();
});

const snapshotOf = (content: string): Snapshot => ({
  ...{ definitionVersion: 1, eventCount: 1, digest: 'none', content },
  lastEventId: '7c2ad8e4-55d1-4b0e-9d5c-3c1f6ad1a001' as Uuid,
  position: 'log:1' as Position,
});

const canary = 'canary-7f3c91';

const holdsCanary = async (): Promise<boolean> =>
  (await folder.bytes()).some((bytes) => bytes.includes(canary));

describe('removing snapshots', () => {
  it('leaves no byte of them, wherever they have been, while another handle is open', async () => {
    const [store, other] = [
      await opened(openSqliteSnapshotStore({ file })),
      await opened(openSqliteSnapshotStore({ file })),
    ];
    // They grow and shrink, so that SQLite moves them from page to page.
    for (let round = 0; round < 200; round += 1) {
      const content = `${canary} `.repeat(1 + ((round * 37) % 90));
      await (round % 2 === 0 ? store : other).write(`name-${round % 17}`, snapshotOf(content), 0);
    }
    expect(await holdsCanary()).toBe(true);
    await store.removeAll();
    expect(await holdsCanary()).toBe(false);
    expect(await other.read('name-1')).toEqual({ snapshot: undefined, epoch: 1 });
  });

  it.each(['PRAGMA wal_checkpoint', 'COMMIT', 'DELETE FROM snapshot'])(
    'can be repeated when the disk fails at %s',
    async (sql) => {
      const driver = createFaultyDriver();
      const store = await opened(openSqliteSnapshotStore({ file, openDatabase: driver.openDatabase }));
      await store.write('name', snapshotOf(canary), 0);
      driver.failNext(sql, { errcode: 778, when: 'before' });
      await expect(store.removeAll()).rejects.toMatchObject({
        failure: { kind: 'unavailable', retryable: true },
      });
      await store.removeAll();
      expect(await holdsCanary()).toBe(false);
    },
  );

  it('says so when a reader keeps their bytes in the write-ahead log', async () => {
    const store = await opened(openSqliteSnapshotStore({ file, busyTimeoutMs: 20 }));
    await store.write('name', snapshotOf(canary), 0);
    const reader = openSqliteDatabase(file);
    reader.exec('BEGIN');
    reader.prepare('SELECT * FROM snapshot').all();
    await expect(store.removeAll()).rejects.toMatchObject({
      failure: { kind: 'unavailable', retryable: true },
    });
    expect(await store.read('name')).toEqual({ snapshot: undefined, epoch: 1 });
    reader.exec('COMMIT');
    reader.close();
    await store.removeAll();
    expect(await holdsCanary()).toBe(false);
  });
});

describe('the file of a snapshot store', () => {
  it.each<[what: string, open: (path: string) => Promise<{ readonly close: () => Promise<void> }>]>([
    ['events', (path) => openSqliteEventStore({ file: path })],
    ['projections', (path) => openSqliteProjectionStore({ file: path })],
    ['keys', (path) => openSqliteKeyStore({ file: path })],
  ])('is none that holds %s', async (_, open) => {
    await (await open(file)).close();
    await expect(openSqliteSnapshotStore({ file })).rejects.toMatchObject({ code: 'foreign-file' });
  });

  it('may be deleted: what was kept is folded again', async () => {
    const counted = eventCodec<{
      readonly type: 'SomethingHappened';
      readonly data: { readonly number: number };
    }>({
      SomethingHappened: { data: recordCodec('SomethingHappened', { number: t.number }) },
    });
    const decider = {
      initialState: 0,
      evolve: (sum: number, { data }: { readonly data: { readonly number: number } }) => sum + data.number,
    };
    const events = createInMemoryEventStore();
    const numbers = Array.from({ length: 40 }, (_, index) => newEvent({ number: index + 1 }));
    await events.append('a', 'no-stream', numbers);
    const sumWith = async (snapshotStore: SnapshotStore): Promise<readonly [sum: number, read: number]> => {
      let read = 0;
      const readStream: typeof events.readStream = async (...request) => {
        const page = await events.readStream(...request);
        read += page.events.length;
        return page;
      };
      const snapshots = createAggregateSnapshots({
        ...{ snapshotStore, name: 'sum', version: 1, codec: t.number, everyEvents: 10 },
      });
      return [(await loadAggregate({ readStream }, 'a', { decider, codec: counted, snapshots })).state, read];
    };
    const first = await openSqliteSnapshotStore({ file });
    expect(await sumWith(first)).toEqual([820, 40]);
    await first.close();
    const second = await openSqliteSnapshotStore({ file });
    expect(await sumWith(second)).toEqual([820, 1]);
    await second.close();
    await folder.remove();
    folder = await createTemporaryFolder();
    expect(await sumWith(await opened(openSqliteSnapshotStore({ file: folder.pathOf('new.db') })))).toEqual([
      820, 40,
    ]);
  });
});
