import type { ErasureOrder, ErasureOutcome, StoreEraser } from '@mandate/deletion';
import type { ErasureReceipt } from '@mandate/domain';
import type { Clock } from '@mandate/event-sourcing';

export type Erasers = Readonly<Record<string, StoreEraser>>;

/** A store with data in it that can be erased once, and remembers its receipts, as a real one must. */
export interface ErasableStore {
  readonly erase: StoreEraser;
  /** Every order it was given, repeated ones too. */
  readonly orders: readonly ErasureOrder[];
  /** How many items it still holds. */
  readonly held: () => number;
}

export const erasableStore = (clock: Clock, items: number): ErasableStore => {
  const receipts = new Map<string, ErasureReceipt>();
  const orders: ErasureOrder[] = [];
  let held = items;
  return {
    orders,
    held: () => held,
    erase: (order) => {
      orders.push(order);
      const receipt = receipts.get(order.idempotencyKey) ?? {
        method: 'row-deletion',
        found: held,
        erased: held,
        firstActionAt: clock(),
        lastActionAt: clock(),
        verification: 'recounted',
      };
      receipts.set(order.idempotencyKey, receipt);
      held = 0;
      return Promise.resolve({ outcome: 'erased', receipt });
    },
  };
};

/** The two stores of the story, with the items that each holds. */
export const storesOfTheStory = (
  clock: Clock,
): {
  readonly database: ErasableStore;
  readonly archive: ErasableStore;
  readonly erasers: Erasers;
} => {
  const [database, archive] = [erasableStore(clock, 3), erasableStore(clock, 1)];
  return {
    database,
    archive,
    erasers: { 'recipient-database': database.erase, 'message-archive': archive.erase },
  };
};

/** What a store says that has erased as many items as it found. */
export const erased = (clock: Clock, items: number): ErasureOutcome => ({
  outcome: 'erased',
  receipt: {
    method: 'row-deletion',
    found: items,
    erased: items,
    firstActionAt: clock(),
    lastActionAt: clock(),
    verification: 'recounted',
  },
});
