import { stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteDatabase } from '../driver';
import { openSqliteEventStore } from '../event-store/sqlite-event-store';
import { createTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { openSqliteKeyStore } from './sqlite-key-store';

const at = '2026-03-29T06:00:00.000Z';

let folder: TemporaryFolder;
let file: string;

beforeEach(async () => {
  folder = await createTemporaryFolder();
  file = folder.pathOf('keys.db');
});

afterEach(() => folder.remove());

const tamper = (sql: string): void => {
  const database = openSqliteDatabase(file);
  database.exec(sql);
  database.close();
};

describe('the file of a key store', () => {
  it('is readable by its owner only', async () => {
    const store = await openSqliteKeyStore({ file });
    for (const suffix of ['', '-wal', '-shm']) expect((await stat(file + suffix)).mode & 0o777).toBe(0o600);
    await store.close();
  });

  it('is never that of the events, in either order', async () => {
    const keys = await openSqliteKeyStore({ file });
    await keys.close();
    await expect(openSqliteEventStore({ file })).rejects.toMatchObject({ code: 'foreign-file' });
    const eventFile = folder.pathOf('events.db');
    const events = await openSqliteEventStore({ file: eventFile });
    await events.close();
    await expect(openSqliteKeyStore({ file: eventFile })).rejects.toMatchObject({ code: 'foreign-file' });
  });

  it('is refused when it belongs to a newer release', async () => {
    await (await openSqliteKeyStore({ file })).close();
    tamper("UPDATE mandate_schema SET version = 99 WHERE component = 'keys'");
    await expect(openSqliteKeyStore({ file })).rejects.toMatchObject({ code: 'schema-too-new' });
  });

  it('is unavailable while another process holds its lock for too long', async () => {
    const store = await openSqliteKeyStore({ file, busyTimeoutMs: 30 });
    const other = openSqliteDatabase(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.fence(['c'], at)).rejects.toMatchObject({
      name: 'KeyStoreError',
      code: 'unavailable',
    });
    expect(await store.read(['c'])).toEqual({ state: 'never-known' });
    other.exec('ROLLBACK');
    expect(await store.fence(['c'], at)).toMatchObject({ fenceRevision: 1 });
    other.close();
    await store.close();
  });

  it('is corrupt when a key has lost the key that wraps it', async () => {
    const store = await openSqliteKeyStore({ file });
    await store.create([
      { path: ['c'], wrapped: Uint8Array.of(1), parentGeneration: 0 },
      { path: ['c', 'd'], wrapped: Uint8Array.of(2), parentGeneration: 1 },
    ]);
    tamper("DELETE FROM stored_key WHERE data_set_id = ''");
    await expect(store.read(['c', 'd'])).rejects.toMatchObject({ name: 'KeyStoreError', code: 'corrupt' });
    await store.close();
  });

  it('may be kept in memory for tests', async () => {
    const store = await openSqliteKeyStore({ file: ':memory:' });
    await store.fence(['c'], at);
    expect(await store.destroy(['c'], at)).toMatchObject({ fenceRevision: 1 });
    await store.close();
  });
});
