import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KeyPath, KeyStore, NewKey } from '@mandate/vault';
import { openSqliteDatabase } from '../driver';
import { createFaultyDriver, type FaultyDriver } from '../testing/faulty-driver';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { openSqliteKeyStore } from './sqlite-key-store';

const at = '2026-03-29T06:00:00.000Z';
const inputOutput = 10;

let folder: TemporaryFolder;
let file: string;
let driver: FaultyDriver;
let store: KeyStore;

beforeEach(async () => {
  folder = await createTemporaryFolder();
  file = folder.pathOf('keys.db');
  driver = createFaultyDriver();
  store = await openSqliteKeyStore({ file, busyTimeoutMs: 50, openDatabase: driver.openDatabase });
});

afterEach(async () => {
  await store.close();
  await folder.remove();
});

const keyAt = (path: KeyPath, parentGeneration: number, size = 60): NewKey => ({
  path,
  wrapped: randomBytes(size),
  parentGeneration,
});

const createDataSet = async (): Promise<readonly NewKey[]> => {
  const keys = [keyAt(['c'], 0), keyAt(['c', 'd'], 1)];
  await store.create(keys);
  return keys;
};

/** Which of these keys can be found in any file of the store, whole or in part. */
const foundAmong = async (keys: readonly { readonly wrapped: Uint8Array }[]): Promise<number> => {
  const files = await folder.bytes();
  const isFound = (wrapped: Uint8Array): boolean => {
    const traces = [wrapped.subarray(0, 12), wrapped.subarray(-12)].map((trace) => Buffer.from(trace));
    return files.some((bytes) => traces.some((trace) => bytes.includes(trace)));
  };
  return keys.filter(({ wrapped }) => isFound(wrapped)).length;
};

/** How often a key stands in the files: a second copy would be left behind when the first is destroyed. */
const copiesOf = async ({ wrapped }: NewKey): Promise<number> => {
  const files = await folder.bytes();
  const trace = Buffer.from(wrapped.subarray(0, 12));
  const countIn = (bytes: Buffer): number => {
    let count = 0;
    for (let place = bytes.indexOf(trace); place >= 0; place = bytes.indexOf(trace, place + 1)) count += 1;
    return count;
  };
  return files.map(countIn).reduce((sum, count) => sum + count, 0);
};

const destroy = async (path: KeyPath): Promise<void> => {
  await store.fence(path, at);
  await store.destroy(path, at);
};

describe('a key that was destroyed', () => {
  it('is in no file, whatever was created, rotated and destroyed before and after', async () => {
    await createDataSet();
    let living: NewKey[] = [];
    const gone: NewKey[] = [];
    for (let round = 0; round < 12; round += 1) {
      // Keys of one size mostly, as in a vault, and of odd sizes too.
      const sizeOf = (): number => (round % 3 === 0 ? randomInt(20, 700) : 60);
      const added = Array.from({ length: 120 }, () => keyAt(['c', 'd', randomUUID()], 1, sizeOf()));
      await store.create(added);
      const rotated = living.slice(0, 20).map(({ path }) => keyAt(path, 1, sizeOf()));
      await store.replace(rotated.map(({ path, wrapped }) => ({ path, wrapped, expectedGeneration: 1 })));
      gone.push(...living.slice(0, 20));
      expect(await foundAmong(rotated)).toBe(rotated.length);

      const doomed = [...rotated, ...added.slice(0, 30)];
      for (const { path } of doomed) await destroy(path);
      gone.push(...doomed);
      living = [...living.slice(20), ...added.slice(30)];
      expect(await foundAmong(gone)).toBe(0);
      expect(await foundAmong(living)).toBe(living.length);
    }
    await store.close();
    expect(await foundAmong(gone)).toBe(0);
    for (const key of living) expect(await copiesOf(key)).toBe(1);
  });

  it('is in no file after its contract was destroyed at one blow', async () => {
    const above = await createDataSet();
    const keys = [...above, ...Array.from({ length: 3000 }, () => keyAt(['c', 'd', randomUUID()], 1))];
    await store.create(keys.slice(2));
    expect(await foundAmong(keys)).toBe(3002);
    await destroy(['c']);
    expect(await foundAmong(keys)).toBe(0);
  });

  it('makes room for the next ones, so that the file does not grow with every destroyed key', async () => {
    await createDataSet();
    const pagesOf = (): number => {
      const database = openSqliteDatabase(file);
      const { page_count: pages } = database.prepare('PRAGMA page_count').get() as {
        readonly page_count: number;
      };
      database.close();
      return pages;
    };
    const sizes: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const dataSet: KeyPath = ['c', `d${round}`];
      await store.create([
        keyAt(dataSet, 1),
        ...Array.from({ length: 2000 }, (_, index) => keyAt(['c', `d${round}`, `r${index}`], 1)),
      ]);
      await destroy(dataSet);
      sizes.push(pagesOf());
    }
    expect(sizes[3]! - sizes[0]!).toBeLessThan(10);
  });
});

describe('destroying keys', () => {
  it('is not done, and says so, as long as another process keeps the bytes in the write-ahead log', async () => {
    const keys = await createDataSet();
    await store.fence(['c'], at);
    const reader = openSqliteDatabase(file);
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM stored_key').get();

    await expect(store.destroy(['c'], at)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await foundAmong(keys)).toBe(2);
    expect(await store.read(['c'])).toMatchObject({ state: 'erased' });

    reader.exec('ROLLBACK');
    const { keysDestroyed } = await store.destroy(['c'], '2026-04-01T00:00:00.000Z');
    expect(keysDestroyed).toEqual({ contracts: 1, dataSets: 1, recipients: 0 });
    expect(await foundAmong(keys)).toBe(0);
    reader.close();
  });

  it.each(['UPDATE key_slot', 'DELETE FROM stored_key', 'UPDATE fence', 'COMMIT', 'PRAGMA wal_checkpoint'])(
    'can be repeated after the disk failed at %s, and gives the facts of the first time',
    async (sql) => {
      for (const when of ['before', 'after'] as const) {
        const path: KeyPath = ['c', when];
        const keys = [keyAt(path, 1), keyAt(['c', when, 'r'], 1)];
        await store.create([keyAt(['c'], 0), ...keys]);
        await store.fence(path, at);
        driver.failNext(sql, { errcode: inputOutput, when });
        await expect(store.destroy(path, at)).rejects.toMatchObject({ code: 'unavailable' });
        const { keysDestroyed } = await store.destroy(path, at);
        expect(keysDestroyed).toEqual({ contracts: 0, dataSets: 1, recipients: 1 });
        expect(await foundAmong(keys)).toBe(0);
      }
    },
  );
});

describe('a fence', () => {
  it('is there or not there when the disk fails, and can be written again', async () => {
    await createDataSet();
    for (const when of ['before', 'after'] as const) {
      driver.failNext('COMMIT', { errcode: inputOutput, when });
      await expect(store.fence(['c', when], at)).rejects.toMatchObject({ code: 'unavailable' });
      const other = await openSqliteKeyStore({ file });
      const state = (await other.read(['c', when])).state;
      expect(state).toBe(when === 'after' ? 'erased' : 'never-known');
      await store.fence(['c', when], at);
      expect((await other.read(['c', when])).state).toBe('erased');
      await other.close();
    }
    expect(await store.revision()).toBe(2);
  });
});
