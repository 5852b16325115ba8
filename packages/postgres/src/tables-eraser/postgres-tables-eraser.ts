import type { ErasureOrder, ErasureOutcome, StoreEraser } from '@mandate/deletion';
import type { ErasureReceipt } from '@mandate/domain';
import type { Clock } from '@mandate/event-sourcing';
import type { PostgresClient, PostgresPool } from '../postgres-pool';
import { migrate } from '../schema';
import { sqlName } from '../sql-name';
import { inTransaction } from '../transaction';
import { erasableRows, type ErasableRows, type ErasableTable } from './erasable-table';
import { failureOf, type PostgresErasureFailure } from './erasure-failure';
import {
  erasureComponent,
  erasureRecordsIn,
  receiptOf,
  type ErasureRecord,
  type ErasureRecords,
} from './erasure-records';

export interface PostgresTablesEraserOptions {
  /** In the order in which they are erased: those that refer to others first. */
  readonly tables: readonly ErasableTable[];
  /** What receipts are dated by. */
  readonly clock: Clock;
  /** The schema of the table of receipts, in the same database; it is made if need be. Default `mandate_erasures`. */
  readonly schema?: string;
  /** How many rows of one table are deleted at once. Default 10,000. */
  readonly rowsPerTransaction?: number;
  /** How long other sessions are waited for, in milliseconds. Default 5,000. */
  readonly lockTimeoutMs?: number;
}

interface Erasing {
  readonly tables: readonly ErasableRows[];
  readonly records: ErasureRecords;
  readonly clock: Clock;
  readonly rowsPerTransaction: number;
  readonly transaction: <T>(work: (client: PostgresClient) => Promise<T>) => Promise<T>;
}

/** Thrown to end an order, from within a transaction or outside of one. */
class NotErased extends Error {
  override readonly name = 'NotErased';
  readonly failure: PostgresErasureFailure;

  constructor(failure: PostgresErasureFailure) {
    super(failure);
    this.failure = failure;
  }
}

/** Somebody else may have completed the same order: then its receipt is the answer. */
type Step = { readonly receipt: ErasureReceipt } | { readonly erased: number };

const receiptIn = (record: ErasureRecord): ErasureReceipt | undefined =>
  record.lastActionAt === null ? undefined : receiptOf(record, record.lastActionAt);

const hold = async (
  { records }: Erasing,
  client: PostgresClient,
  order: ErasureOrder,
): Promise<ErasureRecord> => {
  const record = await records.hold(client, order);
  if (record === undefined) throw new NotErased('key-of-another-order');
  return record;
};

/** One piece of one table: what was deleted, and that it was, in one transaction. */
const eraseSome = (erasing: Erasing, order: ErasureOrder, table: ErasableRows): Promise<Step> =>
  erasing.transaction(async (client) => {
    const receipt = receiptIn(await hold(erasing, client, order));
    if (receipt !== undefined) return { receipt };
    const erased = await table.eraseSome(client, order, erasing.rowsPerTransaction);
    if (erased > 0) await erasing.records.add(client, order, erased);
    return { erased };
  });

/** All tables, one after the other, as far as there is anything. */
const eraseAll = async (erasing: Erasing, order: ErasureOrder): Promise<Step> => {
  let erased = 0;
  for (const table of erasing.tables) {
    for (;;) {
      const step = await eraseSome(erasing, order, table);
      if ('receipt' in step) return step;
      erased += step.erased;
      if (step.erased < erasing.rowsPerTransaction) break;
    }
  }
  return { erased };
};

/** The receipt, if nothing is left, and nothing that others have begun to write will come after it. */
const finish = (erasing: Erasing, order: ErasureOrder): Promise<ErasureReceipt | undefined> =>
  erasing.transaction(async (client) => {
    const record = await hold(erasing, client, order);
    const known = receiptIn(record);
    if (known !== undefined) return known;
    // Waits for those who write, and lets nobody begin until the receipt is there.
    await client.query(`LOCK TABLE ${erasing.tables.map(({ name }) => name).join(', ')} IN SHARE MODE`);
    for (const table of erasing.tables) if ((await table.count(client, order)) > 0) return undefined;
    const receipt = receiptOf(record, erasing.clock());
    await erasing.records.complete(client, order, receipt.lastActionAt);
    return receipt;
  });

const erase = async (erasing: Erasing, order: ErasureOrder): Promise<ErasureReceipt> => {
  await erasing.transaction((client) => erasing.records.begin(client, order, erasing.clock()));
  for (;;) {
    const step = await eraseAll(erasing, order);
    if ('receipt' in step) return step.receipt;
    const receipt = await finish(erasing, order);
    if (receipt !== undefined) return receipt;
    // Rows may come as quickly as they go; but where none goes any more, something keeps them.
    if (step.erased === 0) throw new NotErased('rows-left');
  }
};

const outcomeOf = async (receipt: Promise<ErasureReceipt>): Promise<ErasureOutcome> => {
  try {
    return { outcome: 'erased', receipt: await receipt };
  } catch (error) {
    const reason = error instanceof NotErased ? error.failure : failureOf(error);
    if (reason === undefined) throw error;
    return { outcome: 'failed', reason };
  }
};

const checkNumber = (name: string, value: number): void => {
  if (Number.isSafeInteger(value) && value > 0) return;
  throw new RangeError(`${name}: expected a whole number above 0.`);
};

/** A policy that hides rows from this user would make a recount lie: then PostgreSQL refuses instead. */
const first = 'SET LOCAL row_security = off';

/**
 * Erases the rows of a data set from tables of one database, piece by piece, and keeps the receipt in that database:
 * a piece and its count are one transaction, so that after a crash the same order goes on and counts the whole.
 *
 * Throws a `RangeError` for options that are none. Rejects with a `PostgresOpenError` when the schema of the receipts
 * belongs to something else.
 */
export const postgresTablesEraser = (
  pool: PostgresPool,
  options: PostgresTablesEraserOptions,
): StoreEraser => {
  const { clock, schema = 'mandate_erasures', rowsPerTransaction = 10_000, lockTimeoutMs = 5000 } = options;
  checkNumber('rowsPerTransaction', rowsPerTransaction);
  checkNumber('lockTimeoutMs', lockTimeoutMs);
  if (options.tables.length === 0) throw new RangeError('tables: expected at least one; found none.');
  const erasing: Erasing = {
    tables: options.tables.map(erasableRows),
    records: erasureRecordsIn(sqlName(schema, 'schema')),
    clock,
    rowsPerTransaction,
    transaction: (work) => inTransaction(pool, { lockTimeoutMs, first }, work),
  };
  let prepared: Promise<void> | undefined;
  const prepare = (): Promise<void> => {
    prepared ??= migrate(pool, { component: erasureComponent, schema, lockTimeoutMs });
    // Not for ever: the server may be there next time.
    prepared.catch(() => (prepared = undefined));
    return prepared;
  };
  return (order) => outcomeOf(prepare().then(() => erase(erasing, order)));
};
