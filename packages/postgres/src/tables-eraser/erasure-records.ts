import type { ErasureOrder } from '@mandate/deletion';
import type { ErasureReceipt } from '@mandate/domain';
import { neverBefore, type Instant } from '@mandate/event-sourcing';
import type { PostgresClient } from '../postgres-pool';
import type { Component } from '../schema';

/** How far an order has come. */
export interface ErasureRecord {
  readonly erased: number;
  readonly firstActionAt: Instant;
  /** When it was complete; `null` while it is not. */
  readonly lastActionAt: Instant | null;
}

/** What is on record about orders. Each call belongs into a transaction, with the deletion that it tells of. */
export interface ErasureRecords {
  /** Puts an order on record, unless it is. */
  readonly begin: (client: PostgresClient, order: ErasureOrder, now: Instant) => Promise<void>;
  /**
   * The record of an order, which nobody else touches until the transaction ends; `undefined` when the key is that of
   * another order.
   */
  readonly hold: (client: PostgresClient, order: ErasureOrder) => Promise<ErasureRecord | undefined>;
  readonly add: (client: PostgresClient, order: ErasureOrder, erased: number) => Promise<void>;
  readonly complete: (client: PostgresClient, order: ErasureOrder, lastActionAt: Instant) => Promise<void>;
}

const tables = (schema: string): string => `
  CREATE TABLE ${schema}.erasure (
    idempotency_key text COLLATE "C" PRIMARY KEY,
    contract_id text COLLATE "C" NOT NULL,
    data_set_id text COLLATE "C" NOT NULL,
    store text COLLATE "C" NOT NULL,
    erased bigint NOT NULL DEFAULT 0,
    first_action_at text NOT NULL,
    last_action_at text
  )`;

/** The table of receipts. */
export const erasureComponent: Component = { name: 'erasures', migrations: [tables] };

export const erasureRecordsIn = (schema: string): ErasureRecords => ({
  begin: async (client, { idempotencyKey, contractId, dataSetId, store }, now) => {
    await client.query(
      `INSERT INTO ${schema}.erasure (idempotency_key, contract_id, data_set_id, store, first_action_at)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [idempotencyKey, contractId, dataSetId, store, now],
    );
  },
  hold: async (client, { idempotencyKey, contractId, dataSetId, store }) => {
    const { rows } = await client.query(
      `SELECT erased, first_action_at AS "firstActionAt", last_action_at AS "lastActionAt"
        FROM ${schema}.erasure
        WHERE idempotency_key = $1 AND contract_id = $2 AND data_set_id = $3 AND store = $4
        FOR UPDATE`,
      [idempotencyKey, contractId, dataSetId, store],
    );
    const row = rows[0] as (Omit<ErasureRecord, 'erased'> & { readonly erased: unknown }) | undefined;
    return row && { ...row, erased: Number(row.erased) };
  },
  add: async (client, { idempotencyKey }, erased) => {
    await client.query(`UPDATE ${schema}.erasure SET erased = erased + $2 WHERE idempotency_key = $1`, [
      idempotencyKey,
      erased,
    ]);
  },
  complete: async (client, { idempotencyKey }, lastActionAt) => {
    await client.query(`UPDATE ${schema}.erasure SET last_action_at = $2 WHERE idempotency_key = $1`, [
      idempotencyKey,
      lastActionAt,
    ]);
  },
});

/** The receipt that a record amounts to once it is complete. */
export const receiptOf = (
  { erased, firstActionAt }: ErasureRecord,
  completedAt: Instant,
): ErasureReceipt => ({
  method: erased === 0 ? 'nothing-held' : 'row-deletion',
  // Everything that was found was erased, and was counted as it went, whenever it had come.
  found: erased,
  erased,
  firstActionAt,
  // A clock that was set back must not make the end come before the beginning.
  lastActionAt: neverBefore(firstActionAt, completedAt),
  verification: 'recounted',
});
