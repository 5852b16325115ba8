import { erasureReceipt, type ErasureReceipt } from '@mandate/domain';
import type { Clock, ErasureOrder, StoreEraser } from '@mandate/processor';
import { isRight } from 'fp-ts/Either';
import type { PlatformDatabase } from './platform-database';

export interface ErasedTable {
  readonly database: PlatformDatabase;
  /** Has the columns `contract_id` and `data_set_id`. */
  readonly table: string;
  readonly clock: Clock;
}

const ofOrder = 'WHERE contract_id = ? AND data_set_id = ?';

/** Rows that a table holds of one data set of one contract. */
export const rowsHeld = (
  { database, table }: Pick<ErasedTable, 'database' | 'table'>,
  { contractId, dataSetId }: { readonly contractId: string; readonly dataSetId: string },
): number => {
  const row = database.get(`SELECT count(*) AS held FROM ${table} ${ofOrder}`, contractId, dataSetId);
  return Number(row?.['held'] ?? 0);
};

const firstReceipt = (database: PlatformDatabase, order: ErasureOrder): ErasureReceipt | undefined => {
  const row = database.get('SELECT receipt FROM erasures WHERE idempotency_key = ?', order.idempotencyKey);
  if (row === undefined) return undefined;
  const decoded = erasureReceipt.decode(JSON.parse(String(row['receipt'])));
  if (isRight(decoded)) return decoded.right;
  throw new Error('A receipt that was written cannot be read any more.');
};

const eraseRows = (erased: ErasedTable, order: ErasureOrder): ErasureReceipt => {
  const { database, table, clock } = erased;
  const firstActionAt = clock();
  const found = rowsHeld(erased, order);
  database.run(`DELETE FROM ${table} ${ofOrder}`, order.contractId, order.dataSetId);
  const left = rowsHeld(erased, order);
  const receipt: ErasureReceipt = {
    method: found === 0 ? 'nothing-held' : 'row-deletion',
    found,
    erased: found - left,
    firstActionAt,
    lastActionAt: clock(),
    verification: 'recounted',
  };
  database.run('INSERT INTO erasures VALUES (?, ?)', order.idempotencyKey, JSON.stringify(receipt));
  return receipt;
};

/**
 * Erases a table's rows of one data set, and nothing of any other. The receipt is written in the transaction that
 * deletes: after a crash there are both or neither.
 */
export const tableEraser =
  (erased: ErasedTable): StoreEraser =>
  (order) => {
    const { database } = erased;
    const receipt = database.inTransaction(() => firstReceipt(database, order) ?? eraseRows(erased, order));
    // Also when the rows had gone before: the crash may have come between the deletion and this.
    return Promise.resolve(
      database.truncateLog()
        ? { outcome: 'erased', receipt }
        : { outcome: 'failed', reason: 'write-ahead-log-in-use' },
    );
  };
