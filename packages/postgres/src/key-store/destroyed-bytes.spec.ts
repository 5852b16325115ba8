import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { KeyPath, KeyStore, NewKey } from '@mandate/vault';
import { randomUUID } from 'node:crypto';
import { emptyKeyTables, filesOfDatabase } from '../testing/key-store-harness';
import { at, foundAmong, newKey } from '../testing/key-scenery';
import { onPostgres } from '../testing/on-postgres';
import { openPostgresKeyStore } from './postgres-key-store';

onPostgres('the bytes of a destroyed key', (database) => {
  const schema = 'keys';
  let store: KeyStore;

  beforeEach(async () => {
    store = await openPostgresKeyStore({ pool: database.pool(), schema, lockTimeoutMs: 200 });
  });

  afterEach(async () => {
    await store.close();
    await emptyKeyTables(database.pool(), schema);
  });

  const inFiles = async (keys: readonly { readonly wrapped: Uint8Array }[]): Promise<number> =>
    foundAmong(await filesOfDatabase(database.pool()), keys);

  const destroy = async (path: KeyPath): Promise<void> => {
    await store.fence(path, at);
    await store.destroy(path, at);
  };

  const recipients = (count: number): readonly NewKey[] =>
    // Some so long that PostgreSQL keeps them outside of their table.
    Array.from({ length: count }, (_, index) =>
      newKey(['c', 'd', `r${randomUUID()}`], index % 10 === 0 ? 6000 : 60),
    );

  it('are in no file of the database, whatever was rotated and destroyed before; all others are', async () => {
    const above = [newKey(['c']), newKey(['c', 'd'])];
    await store.create(above);
    const keys = recipients(150);
    await store.create(keys);
    expect(await inFiles(keys)).toBe(150);
    const doomed = keys.slice(0, 40);
    const rotated = doomed.map(({ path }) => ({ ...newKey(path), expectedGeneration: 1 }));
    await store.replace(rotated);
    expect(await inFiles(rotated)).toBe(40);
    for (const { path } of doomed) await destroy(path);
    expect(await inFiles([...doomed, ...rotated])).toBe(0);
    expect(await inFiles([...above, ...keys.slice(40)])).toBe(112);

    await destroy(['c']);
    expect(await inFiles([...above, ...keys])).toBe(0);
  });

  it('would stay in a file after DELETE and VACUUM', async () => {
    const key = newKey(['c']);
    await store.create([key]);
    await database.pool().query(`UPDATE "${schema}".stored_key SET wrapped = '\\x00'`);
    await database.pool().query(`DELETE FROM "${schema}".stored_key`);
    await database.pool().query(`VACUUM "${schema}".stored_key_00`);
    expect(await inFiles([key])).toBe(1);
  });

  it('are still in the write-ahead log, as the README says', async () => {
    const key = newKey(['c']);
    await store.create([key]);
    await destroy(['c']);
    const { rows } = await database
      .pool()
      .query<{ readonly bytes: Buffer }>(
        "SELECT pg_read_binary_file('pg_wal/' || name) AS bytes FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'",
      );
    expect(
      foundAmong(
        rows.map(({ bytes }) => bytes),
        [key],
      ),
    ).toBe(1);
  });

  it('are waited for while others read them, and the destruction is not done when that takes too long', async () => {
    const key = newKey(['c']);
    await store.create([key]);
    await store.fence(['c'], at);
    const dump = await database.pool().connect();
    await dump.query(`BEGIN ISOLATION LEVEL REPEATABLE READ; TABLE "${schema}".stored_key`);
    await expect(store.destroy(['c'], at)).rejects.toMatchObject({
      name: 'KeyStoreError',
      code: 'unavailable',
      message: expect.stringMatching(/holds a lock/) as unknown,
    });
    expect(await store.read(['c'])).toMatchObject({ state: 'erased' });
    expect(await inFiles([key])).toBe(1);

    const destroying = store.destroy(['c'], at);
    await dump.query('COMMIT');
    dump.release();
    expect(await destroying).toMatchObject({ keysDestroyed: { contracts: 1 } });
    expect(await inFiles([key])).toBe(0);
  });

  it('are gone although another session looks at an older moment of the database', async () => {
    const key = newKey(['c']);
    await store.create([key]);
    const reader = await database.pool().connect();
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT txid_current_snapshot()');
    await destroy(['c']);
    expect(await inFiles([key])).toBe(0);
    await reader.query('COMMIT');
    reader.release();
  });
});
