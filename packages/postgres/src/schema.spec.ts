import { expect, it } from '@jest/globals';
import { instantOf } from '@mandate/event-sourcing';
import { randomUUID } from 'node:crypto';
import { openPostgresKeyStore } from './key-store/postgres-key-store';
import type { PostgresPool } from './postgres-pool';
import { postgresTablesEraser } from './tables-eraser/postgres-tables-eraser';
import { nthOrder } from './testing/erasure-orders';
import { Pool } from 'pg';
import { failingPool } from './testing/failing-pool';
import { newKey } from './testing/key-scenery';
import { onPostgres } from './testing/on-postgres';

onPostgres('the schema of a key store', (database) => {
  const open = async (schema: string, pool: PostgresPool = database.pool()): Promise<void> => {
    const store = await openPostgresKeyStore({ pool, schema });
    await store.close();
  };
  const query = (sql: string): Promise<unknown> => database.pool().query(sql);

  it('is made once, also when many open it at the same time', async () => {
    await Promise.all(Array.from({ length: 6 }, () => open('all "at" once')));
    const { rows } = await database.pool().query('SELECT * FROM "all ""at"" once".mandate_schema');
    expect(rows).toEqual([{ component: 'keys', version: 1 }]);
  });

  it.each(['SELECT pg_advisory', 'CREATE SCHEMA', 'CREATE INDEX', 'INSERT INTO', 'COMMIT'])(
    'is there or not there when the connection breaks at %s, and is made the next time',
    async (words) => {
      for (const when of ['before', 'after'] as const) {
        const schema = `${words} ${when}`;
        const pool = failingPool(database.pool());
        pool.breakNext(words, when);
        await expect(open(schema, pool)).rejects.toMatchObject({ code: 'unavailable' });
        const { rows } = await database.pool().query('SELECT FROM pg_namespace WHERE nspname = $1', [schema]);
        expect(rows).toHaveLength(words === 'COMMIT' && when === 'after' ? 1 : 0);
        await open(schema);
      }
    },
  );

  it('is refused when it holds tables of another program, and is left as it was', async () => {
    await query(
      'CREATE SCHEMA shop; CREATE TABLE shop.orders (); CREATE VIEW shop.totals AS SELECT 1 AS total',
    );
    await expect(open('shop')).rejects.toMatchObject({
      name: 'PostgresOpenError',
      code: 'foreign-schema',
      message:
        'Expected an empty schema, or one made for keys; found 2 tables, views or sequences of another program. Name another schema.',
    });
    const { rows } = await database.pool().query("SELECT FROM pg_tables WHERE schemaname = 'shop'");
    expect(rows).toHaveLength(1);
  });

  it('is never that of the receipts of erased tables', async () => {
    await open('keys_first');
    const tables = [{ table: 'x', contractColumn: 'c', dataSetColumn: 'd' }];
    const clock = (): ReturnType<typeof instantOf> => instantOf(0);
    const erase = postgresTablesEraser(database.pool(), { tables, clock, schema: 'keys_first' });
    await expect(erase(nthOrder(1))).rejects.toMatchObject({ code: 'foreign-schema' });
    const eraseElsewhere = postgresTablesEraser(database.pool(), { tables, clock, schema: 'receipts_first' });
    await eraseElsewhere(nthOrder(1));
    await expect(open('receipts_first')).rejects.toMatchObject({ code: 'foreign-schema' });
  });

  it('is refused when it belongs to a newer release', async () => {
    await open('newer');
    await query('UPDATE newer.mandate_schema SET version = 99');
    await expect(open('newer')).rejects.toMatchObject({ code: 'schema-too-new' });
  });

  /** A pool of a user of its own, who may do so much to the tables of a schema. */
  const asUser = async (
    { schema, granted }: { readonly schema: string; readonly granted: string },
    work: (pool: PostgresPool) => Promise<void>,
  ): Promise<void> => {
    const user = `user_${randomUUID().replaceAll('-', '')}`;
    await query(`CREATE ROLE ${user}; GRANT USAGE ON SCHEMA ${schema} TO ${user};
      GRANT ${granted} ON ALL TABLES IN SCHEMA ${schema} TO ${user}`);
    const pool = new Pool({ connectionString: database.connectionString(), options: `-c role=${user}` });
    await work(pool).finally(() => pool.end());
    await query(`DROP OWNED BY ${user}; DROP ROLE ${user}`);
  };

  it('is opened by a user that may only read, once it is there', async () => {
    await open('granted');
    await asUser({ schema: 'granted', granted: 'SELECT' }, async (pool) => {
      const store = await openPostgresKeyStore({ pool, schema: 'granted' });
      expect(await store.revision()).toBe(0);
      await expect(store.fence(['c'], 'x')).rejects.toMatchObject({ code: 'unavailable' });
      await expect(open('not there', pool)).rejects.toMatchObject({
        name: 'KeyStoreError',
        message: 'the user may not do this to the tables',
      });
    });
  });

  it('is used in every way by a user that owns nothing, with the rights that the README names', async () => {
    await open('owned');
    const granted = 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE';
    await asUser({ schema: 'owned', granted }, async (pool) => {
      const store = await openPostgresKeyStore({ pool, schema: 'owned' });
      await store.create([newKey(['c']), newKey(['c', 'd'])]);
      await store.freeze('c', 'x');
      await store.replace([{ path: ['c'], wrapped: Uint8Array.of(1), expectedGeneration: 1 }]);
      await store.fence(['c'], 'x');
      expect((await store.destroy(['c'], 'x')).keysDestroyed).toMatchObject({ contracts: 1, dataSets: 1 });
    });
  });

  it.each([
    ['a standby', { isStandby: true, serverVersion: 180_004 }, /standby.*Connect to the primary/],
    [
      'an old one',
      { isStandby: false, serverVersion: 130_011 },
      /Expected PostgreSQL 14 or newer, found version 13/,
    ],
  ])('is not looked for on a server that is %s', async (_what, found, sentence) => {
    const pool: PostgresPool = {
      connect: () =>
        Promise.resolve({
          on: () => undefined,
          off: () => undefined,
          release: () => undefined,
          query: () => Promise.resolve({ rows: [{ tables: 0, hasVersions: false, ...found }], rowCount: 1 }),
        }),
    };
    const opening = open('any', pool);
    await expect(opening).rejects.toMatchObject({ code: 'server-unfit' });
    await expect(opening).rejects.toThrow(sentence);
  });
});
