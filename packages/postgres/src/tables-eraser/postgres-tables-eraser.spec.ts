import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StoreEraser } from '@mandate/deletion';
import { randomUUID } from 'node:crypto';
import { Pool, type PoolClient } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { nthOrder, tickingClock } from '../testing/erasure-orders';
import { onPostgres } from '../testing/on-postgres';
import { createTables, dropTables, insertItems, itemsOf, tables } from '../testing/platform-tables';
import { postgresTablesEraser, type PostgresTablesEraserOptions } from './postgres-tables-eraser';

const order = nthOrder(1);
const failed = (reason: string): object => ({ outcome: 'failed', reason });
const erased = (found: number): object => ({ outcome: 'erased', receipt: { found, erased: found } });

onPostgres('the eraser of tables', (database) => {
  const eraser = (options: Partial<PostgresTablesEraserOptions> = {}): StoreEraser =>
    postgresTablesEraser(database.pool(), {
      tables,
      clock: tickingClock(),
      rowsPerTransaction: 3,
      lockTimeoutMs: 300,
      ...options,
    });
  const query = (sql: string): Promise<unknown> => database.pool().query(sql);

  let others: PoolClient[] = [];
  /** Another session, whose transaction ends with the test at the latest. */
  const anotherSession = async (): Promise<PoolClient> => {
    const session = await database.pool().connect();
    others.push(session);
    return session;
  };

  beforeEach(() => query(createTables));
  afterEach(async () => {
    for (const session of others) session.release(true);
    others = [];
    await query(dropTables);
  });

  it('waits for who is writing, and erases and counts that as well', async () => {
    await insertItems(database.pool(), order, ['a', 'b']);
    const writer = await anotherSession();
    await writer.query('BEGIN');
    await writer.query(`INSERT INTO recipient VALUES ('${order.contractId}', '${order.dataSetId}', 'late')`);
    const erasing = eraser({ lockTimeoutMs: 5000 })(order);
    expect(await Promise.race([erasing, pause(150, 'waits')])).toBe('waits');
    await writer.query('COMMIT');
    expect(await erasing).toMatchObject(erased(3));
    expect(await itemsOf(database.pool(), order)).toEqual([]);
  });

  it('gives up for now when who is writing takes too long, and counts the whole the next time', async () => {
    await insertItems(database.pool(), order, ['a', 'b']);
    const writer = await anotherSession();
    await writer.query('BEGIN; INSERT INTO recipient VALUES (NULL, NULL, NULL)');
    expect(await eraser()(order)).toEqual(failed('tables-busy'));
    await writer.query('ROLLBACK');
    expect(await eraser()(order)).toMatchObject(erased(2));
  });

  it('is refused by rows that others refer to, and erases those first when they are named first', async () => {
    await query(`CREATE TABLE note (contract_id text, data_set_id text, recipient int);
      ALTER TABLE recipient ADD id int UNIQUE; ALTER TABLE note ADD FOREIGN KEY (recipient) REFERENCES recipient (id);
      INSERT INTO recipient VALUES ('${order.contractId}', '${order.dataSetId}', 'a', 1);
      INSERT INTO note VALUES ('${order.contractId}', '${order.dataSetId}', 1)`);
    const note = { table: 'note', contractColumn: 'contract_id', dataSetColumn: 'data_set_id' };
    expect(await eraser({ tables: [...tables, note] })(order)).toEqual(failed('rows-still-referenced'));
    expect(await eraser({ tables: [note, ...tables] })(order)).toMatchObject(erased(2));
    await query('DROP TABLE note');
  });

  it.each([
    ['a table that is not there', { table: 'nowhere' }],
    ['a column that is not there', { contractColumn: 'nowhere' }],
    ['a view', { table: 'view_of_recipients' }],
    ['columns of another type', { contractColumn: 'number' }],
  ])('says that tables are not as expected: %s', async (_what, wrong) => {
    await query(
      'ALTER TABLE recipient ADD number int; CREATE VIEW view_of_recipients AS SELECT DISTINCT * FROM recipient',
    );
    expect(await eraser({ tables: [{ ...tables[0]!, ...wrong }] })(order)).toEqual(
      failed('tables-not-as-expected'),
    );
    await query('DROP VIEW view_of_recipients');
  });

  it('does not take rows for gone that a policy hides from its user', async () => {
    await insertItems(database.pool(), order, ['hidden', 'in the other table']);
    const user = `user_${randomUUID().replaceAll('-', '')}`;
    await query(`ALTER TABLE recipient ENABLE ROW LEVEL SECURITY; CREATE ROLE ${user};
      GRANT ALL ON recipient TO ${user}; GRANT CREATE ON DATABASE "${databaseName()}" TO ${user}`);
    const pool = new Pool({
      connectionString: database.connectionString(),
      options: `-c role=${user}`,
    });
    const erase = postgresTablesEraser(pool, { tables: tables.slice(0, 1), clock: tickingClock() });
    expect(await erase(order)).toEqual(failed('not-permitted'));
    await pool.end();
    await query(`DROP SCHEMA mandate_erasures CASCADE; DROP OWNED BY ${user}; DROP ROLE ${user}`);
  });

  const databaseName = (): string =>
    new URL(database.connectionString().replace('///', '//x/')).pathname.slice(1);

  it('refuses the key of another order, for another data set as for another store', async () => {
    await insertItems(database.pool(), order, ['a']);
    expect(await eraser()(order)).toMatchObject(erased(1));
    const others = [
      { ...order, store: 'message-archive' as string as typeof order.store },
      { ...order, contractId: order.dataSetId as string as typeof order.contractId },
    ];
    for (const other of others) expect(await eraser()(other)).toEqual(failed('key-of-another-order'));
  });

  it('does not keep a failure to prepare: the server may be there the next time', async () => {
    let isThere = false;
    const pool = {
      connect: () =>
        isThere
          ? database.pool().connect()
          : Promise.reject(Object.assign(new Error(), { code: 'ECONNREFUSED' })),
    };
    const erase = postgresTablesEraser(pool, { tables, clock: tickingClock() });
    expect(await erase(order)).toEqual(failed('store-unreachable'));
    isThere = true;
    expect(await erase(order)).toMatchObject({ receipt: { found: 0, method: 'nothing-held' } });
  });

  it('dates a receipt by its beginning when the clock was set back', async () => {
    const times = ['2026-03-31T06:00:00.000Z', '2026-03-31T05:00:00.000Z'] as string[] as ReturnType<
      PostgresTablesEraserOptions['clock']
    >[];
    const [first] = times;
    expect(await eraser({ clock: () => times.shift()! })(order)).toMatchObject({
      receipt: { firstActionAt: first, lastActionAt: first },
    });
  });
});

describe('the options of an eraser of tables', () => {
  const table = { table: 't', contractColumn: 'c', dataSetColumn: 'd' };
  it.each([
    [{ tables: [] }, 'tables: expected at least one; found none.'],
    [
      { tables: [{ ...table, dataSetColumn: 'c' }] },
      'tables[0]: expected two columns; found one name for both.',
    ],
    [
      { tables: [table, { ...table, table: 'ü'.repeat(32) }] },
      'tables[1].table: expected a name of 1 to 63 bytes without a null character; found a text of 64 bytes.',
    ],
    [{ tables: [{ ...table, schema: '' }] }, 'found a text of 0 bytes'],
    [{ tables: [table], rowsPerTransaction: 0 }, 'rowsPerTransaction: expected a whole number above 0.'],
    [{ tables: [table], lockTimeoutMs: 1.5 }, 'lockTimeoutMs: expected a whole number above 0.'],
  ])('are refused at once (%#)', (options, sentence) => {
    const pool = { connect: () => Promise.reject(new Error('not to be asked')) };
    expect(() => postgresTablesEraser(pool, { clock: tickingClock(), ...options })).toThrow(sentence);
  });
});
