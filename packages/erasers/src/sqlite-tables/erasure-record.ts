import type { ErasureOrder } from '@mandate/deletion';
import type { ErasureReceipt } from '@mandate/domain';
import { neverBefore, type Instant } from '@mandate/event-sourcing';
import type { SqliteDatabase } from './driver';

export type DataSetOrder = Pick<ErasureOrder, 'contractId' | 'dataSetId'>;

/** How far an order has come. */
export interface ErasureRecord {
  readonly erased: number;
  readonly firstActionAt: Instant;
  /** When it was complete; `null` while it is not. */
  readonly lastActionAt: Instant | null;
}

/** What is on record about the orders to erase tables of a file, in that file. Call it within transactions. */
export interface ErasureRecords {
  /** The record of an order, begun now when there is none; `undefined` when the key is that of another order. */
  readonly begin: (order: ErasureOrder, now: Instant) => ErasureRecord | undefined;
  readonly add: (order: ErasureOrder, erased: number) => void;
  readonly complete: (order: ErasureOrder, now: Instant) => void;
}

// No STRICT: programs with an older SQLite could not open the file any more.
const createTable = `
  CREATE TABLE IF NOT EXISTS main.mandate_erasure (
    idempotency_key TEXT NOT NULL PRIMARY KEY,
    contract_id TEXT NOT NULL,
    data_set_id TEXT NOT NULL,
    store TEXT NOT NULL,
    erased INTEGER NOT NULL,
    first_action_at TEXT NOT NULL,
    last_action_at TEXT
  )`;

const readRecord = `
  SELECT erased, first_action_at AS firstActionAt, last_action_at AS lastActionAt FROM main.mandate_erasure
  WHERE idempotency_key = ?1 AND contract_id = ?2 AND data_set_id = ?3 AND store = ?4`;

const beginRecord = `
  INSERT INTO main.mandate_erasure (idempotency_key, contract_id, data_set_id, store, erased, first_action_at)
  VALUES (?1, ?2, ?3, ?4, 0, ?5) ON CONFLICT DO NOTHING`;

export const erasureRecords = (database: SqliteDatabase): ErasureRecords => {
  database.exec(createTable);
  const read = database.prepare(readRecord);
  const insert = database.prepare(beginRecord);
  const add = database.prepare(
    'UPDATE main.mandate_erasure SET erased = erased + ?2 WHERE idempotency_key = ?1',
  );
  const complete = database.prepare(
    'UPDATE main.mandate_erasure SET last_action_at = ?2 WHERE idempotency_key = ?1',
  );
  return {
    begin: ({ idempotencyKey, contractId, dataSetId, store }, now) => {
      insert.run(idempotencyKey, contractId, dataSetId, store, now);
      return read.get(idempotencyKey, contractId, dataSetId, store) as ErasureRecord | undefined;
    },
    add: ({ idempotencyKey }, erased) => void add.run(idempotencyKey, erased),
    complete: ({ idempotencyKey }, now) => void complete.run(idempotencyKey, now),
  };
};

/** The receipt that a complete record amounts to. */
export const receiptOf = (
  { erased, firstActionAt }: ErasureRecord,
  completedAt: Instant,
): ErasureReceipt => ({
  method: erased === 0 ? 'nothing-held' : 'row-deletion',
  found: erased,
  erased,
  firstActionAt,
  // A clock that was set back must not make the end come before the beginning.
  lastActionAt: neverBefore(firstActionAt, completedAt),
  verification: 'recounted',
});
