import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KeyStore, NewKey } from '@mandate/vault';
import { failingPool, type FailingPool } from '../testing/failing-pool';
import { at, newKey } from '../testing/key-scenery';
import { emptyKeyTables } from '../testing/key-store-harness';
import { onPostgres } from '../testing/on-postgres';
import { openPostgresKeyStore } from './postgres-key-store';

onPostgres('a key store whose server fails', (database) => {
  const schema = 'keys';
  let pool: FailingPool;
  let store: KeyStore;
  let keys: readonly NewKey[];

  beforeEach(async () => {
    pool = failingPool(database.pool());
    store = await openPostgresKeyStore({ pool, schema });
    keys = [newKey(['c']), newKey(['c', 'd']), newKey(['c', 'd', 'r'])];
    await store.create(keys);
  });

  afterEach(async () => {
    await store.close();
    await emptyKeyTables(database.pool(), schema);
  });

  const unavailable = { name: 'KeyStoreError', code: 'unavailable' };

  it.each(['LOCK TABLE', 'INSERT INTO', 'COMMIT'])(
    'has the fence or has it not when the connection breaks at %s, and takes it again',
    async (words) => {
      for (const when of ['before', 'after'] as const) {
        pool.breakNext(words, when);
        await expect(store.fence(['c', when], at)).rejects.toMatchObject(unavailable);
        const isThere = words === 'COMMIT' && when === 'after';
        expect((await store.read(['c', when])).state).toBe(isThere ? 'erased' : 'never-known');
        await store.fence(['c', when], at);
        expect((await store.read(['c', when])).state).toBe('erased');
      }
      expect(await store.revision()).toBe(2);
    },
  );

  it.each(['LOCK TABLE', 'CREATE TEMPORARY', 'TRUNCATE', 'UPDATE', 'COMMIT'])(
    'destroys all or nothing when the connection breaks at %s, and gives the facts of the first time',
    async (words) => {
      const destroyed = { contracts: 0, dataSets: 1, recipients: 1 };
      await store.fence(['c', 'd'], at);
      for (const when of ['before', 'after'] as const) {
        pool.breakNext(words, when);
        await expect(store.destroy(['c', 'd'], at)).rejects.toMatchObject(unavailable);
        const isDone = words === 'COMMIT' && when === 'after';
        const left = isDone ? { contracts: 0, dataSets: 0, recipients: 0 } : destroyed;
        expect(await store.countKeys(['c', 'd'])).toEqual(left);
      }
      const { keysDestroyed } = await store.destroy(['c', 'd'], '2026-04-01T00:00:00.000Z');
      expect(keysDestroyed).toEqual(destroyed);
      expect((await store.read(['c'])).state).toBe('active');
    },
  );

  it('answers from another connection after one was ended by the server', async () => {
    await database
      .pool()
      .query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
    const readings = await Promise.allSettled([store.read(['c']), store.read(['c']), store.read(['c'])]);
    for (const reading of readings.filter(({ status }) => status === 'rejected')) {
      expect(reading).toMatchObject({ reason: unavailable });
    }
    expect((await store.read(['c'])).state).toBe('active');
  });

  const looking = async (): Promise<unknown> => [
    await store.revision(),
    await store.read(['c', 'd', 'r']),
    await store.listKeys(['c', 'd'], { after: null, limit: 9 }),
    await store.create([newKey(['c', 'd', 'r'])]),
  ];

  it.each([
    ['a key without the key that wraps it', "DELETE FROM stored_key WHERE data_set_id = ''"],
    ['a row where no path leads', "UPDATE stored_key SET recipient_id = 'a b' WHERE recipient_id <> ''"],
  ])('finds %s corrupt', async (_what, sql) => {
    await database.pool().query(`BEGIN; SET LOCAL search_path = ${schema}; ${sql}; COMMIT`);
    await expect(looking()).rejects.toMatchObject({ name: 'KeyStoreError', code: 'corrupt' });
  });

  it.each([
    [
      'a table that is not there',
      'ALTER TABLE frozen_contract RENAME TO x',
      'ALTER TABLE x RENAME TO frozen_contract',
    ],
    [
      'a counter that is not there',
      'DELETE FROM key_store',
      'INSERT INTO key_store (revision, last_fence_revision, last_fence_ordinal) VALUES (0, 0, 0)',
    ],
  ])('finds %s corrupt', async (_what, sql, repair) => {
    await database.pool().query(`BEGIN; SET LOCAL search_path = ${schema}; ${sql}; COMMIT`);
    await expect(looking()).rejects.toMatchObject({ name: 'KeyStoreError', code: 'corrupt' });
    await database.pool().query(`BEGIN; SET LOCAL search_path = ${schema}; ${repair}; COMMIT`);
  });

  it('says nothing of what it held', async () => {
    await database
      .pool()
      .query(`ALTER TABLE "${schema}".fence ADD CONSTRAINT odd CHECK (fenced_at <> '${at}')`);
    const failing = store.fence(['c', 'd', 'secret-recipient'], at);
    await expect(failing).rejects.toMatchObject(unavailable);
    await expect(failing).rejects.toThrow(/^the server refused \(SQLSTATE 23514\)$/);
    await database.pool().query(`ALTER TABLE "${schema}".fence DROP CONSTRAINT odd`);
  });
});

describe('a key store without a server', () => {
  it.each(['postgresql:///x?host=/nowhere', 'postgresql://127.0.0.1:1/x'])(
    'cannot be opened (%s)',
    async (connectionString) => {
      await expect(openPostgresKeyStore({ connectionString })).rejects.toMatchObject({
        name: 'KeyStoreError',
        code: 'unavailable',
      });
    },
  );

  it('is told by the name of the option that a schema name is none', async () => {
    const opening = openPostgresKeyStore({ connectionString: 'postgresql:///x', schema: 'x'.repeat(64) });
    await expect(opening).rejects.toThrow(
      'schema: expected a name of 1 to 63 bytes without a null character; found a text of 64 bytes.',
    );
  });
});
