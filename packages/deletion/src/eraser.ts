import type { ContractId, DataSetId, ErasureReceipt, StoreName } from '@mandate/domain';
import type { Uuid } from '@mandate/event-sourcing';

/** What a store is told to erase: everything of one data set of one contract, and nothing else (S16). */
export interface ErasureOrder {
  readonly contractId: ContractId;
  readonly dataSetId: DataSetId;
  readonly store: StoreName;
  /** The same key again means: the same order, after a crash. Answer with the first receipt. */
  readonly idempotencyKey: Uuid;
}

/** What came of an order. The reason of a failure is a code such as `store-unreachable`. */
export type ErasureOutcome =
  | { readonly outcome: 'erased'; readonly receipt: ErasureReceipt }
  | { readonly outcome: 'failed'; readonly reason: string };

/**
 * Erases data in one kind of store. May be called again with the same key, after a crash or a lost answer; then
 * it finds less or nothing left and still answers with the receipt of the whole. "Nothing was held" is a
 * receipt, too. A rejected promise counts as a failure that is worth another try.
 */
export type StoreEraser = (order: ErasureOrder) => Promise<ErasureOutcome>;
