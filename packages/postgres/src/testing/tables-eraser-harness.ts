import type { CrashPoint, CreateEraserHarness } from '@mandate/deletion/testing';
import { postgresTablesEraser } from '../tables-eraser/postgres-tables-eraser';
import type { PostgresPool } from '../postgres-pool';
import { nthOrder, tickingClock } from './erasure-orders';
import type { TestDatabase } from './on-postgres';
import {
  createTables,
  emptyTables,
  insertItems,
  itemsOf,
  resist,
  tables,
  yieldAgain,
} from './platform-tables';

/** The pool of a process that may be killed before and after every statement. */
const mortalPool = (pool: PostgresPool, crashPoint: CrashPoint): PostgresPool => ({
  connect: async () => {
    const client = await pool.connect();
    return {
      on: (event, listener) => client.on(event, listener),
      off: (event, listener) => client.off(event, listener),
      // The server ends the transaction of whoever is gone.
      release: (error) => void client.query('ROLLBACK').finally(() => client.release(error)),
      query: async (text, values) => {
        crashPoint();
        const result = await client.query(text, values);
        crashPoint();
        return result;
      },
    };
  },
});

/** Tables of a platform in a database, which it uses all the time. To make them takes longest: they are used again. */
export const tablesEraserHarness = ({ pool }: TestDatabase): CreateEraserHarness => {
  let created: Promise<unknown> | undefined;
  const create = async (): Promise<void> => {
    await pool().query(createTables);
    await postgresTablesEraser(pool(), { tables, clock: tickingClock() })(nthOrder(0));
    await pool().query(emptyTables);
  };
  return async () => {
    created ??= create();
    await created;
    const clock = tickingClock();
    return {
      verification: 'recounted',
      clock,
      open: (crashPoint = () => undefined) =>
        Promise.resolve(
          postgresTablesEraser(mortalPool(pool(), crashPoint), { tables, clock, rowsPerTransaction: 2 }),
        ),
      plant: (place, texts) => insertItems(pool(), place, texts),
      held: (place) => itemsOf(pool(), place),
      resist: async () => {
        await pool().query(resist);
        return async () => {
          await pool().query(yieldAgain);
        };
      },
      dispose: async () => {
        await pool().query(emptyTables);
      },
    };
  };
};
