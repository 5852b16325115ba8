import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { PostgresClient } from './postgres-pool';
import { onPostgres } from './testing/on-postgres';
import { BeginAnew, inTransaction } from './transaction';

onPostgres('a transaction', (database) => {
  const options = { lockTimeoutMs: 2000 };
  beforeEach(() =>
    database
      .pool()
      .query(
        'CREATE TABLE account (id int PRIMARY KEY, amount int); INSERT INTO account VALUES (1, 0), (2, 0)',
      ),
  );
  afterEach(() => database.pool().query('DROP TABLE account'));

  const add = (client: PostgresClient, id: number): Promise<unknown> =>
    client.query('UPDATE account SET amount = amount + 1 WHERE id = $1', [id]);

  const amounts = async (): Promise<readonly unknown[]> => {
    const { rows } = await database
      .pool()
      .query<{ readonly amount: number }>('SELECT amount FROM account ORDER BY id');
    return rows.map(({ amount }) => amount);
  };

  it('is begun anew when two block each other', async () => {
    let attempts = 0;
    const both = (first: number, second: number): Promise<void> =>
      inTransaction(database.pool(), options, async (client) => {
        attempts += 1;
        await add(client, first);
        await client.query('SELECT pg_sleep(0.1)');
        await add(client, second);
      });
    await Promise.all([both(1, 2), both(2, 1)]);
    expect(await amounts()).toEqual([2, 2]);
    expect(attempts).toBeGreaterThan(2);
  });

  it('takes everything back when it fails, and leaves the connection as it found it', async () => {
    const failing = inTransaction(database.pool(), options, async (client) => {
      await add(client, 1);
      throw new TypeError('of the caller');
    });
    await expect(failing).rejects.toThrow('of the caller');
    expect(await amounts()).toEqual([0, 0]);
    const { rows } = await database.pool().query('SHOW lock_timeout');
    expect(rows).toEqual([{ lock_timeout: '0' }]);
  });

  it('is not begun anew for ever', async () => {
    let attempts = 0;
    const failing = inTransaction(database.pool(), options, () => {
      attempts += 1;
      return Promise.reject(new BeginAnew());
    });
    await expect(failing).rejects.toThrow(BeginAnew);
    expect(attempts).toBe(8);
  });

  it.each(['off', 'local', 'remote_write', 'on', 'remote_apply'])(
    'is on disk when it is acknowledged, also where the server is set up otherwise (%s)',
    async (level) => {
      const client = await database.pool().connect();
      await client.query(`SET synchronous_commit = ${level}`);
      const pool = { connect: () => Promise.resolve({ ...bound(client), release: () => undefined }) };
      const { rows } = await inTransaction(pool, options, (inside) =>
        inside.query('SHOW synchronous_commit'),
      );
      const isStrict = level === 'remote_apply';
      expect(rows).toEqual([{ synchronous_commit: isStrict ? level : 'on' }]);
      await client.query('RESET synchronous_commit');
      client.release();
    },
  );

  const bound = (client: PostgresClient): PostgresClient => ({
    query: (text, values) => client.query(text, values),
    release: (error) => client.release(error),
    on: (event, listener) => client.on(event, listener),
    off: (event, listener) => client.off(event, listener),
  });
});
