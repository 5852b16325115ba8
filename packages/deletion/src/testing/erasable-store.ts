import type { Digest, ErasureReceipt } from '@mandate/domain';
import { epochMillisecondsOf, instantOf, type Clock, type Instant } from '@mandate/event-sourcing';
import { createHash } from 'node:crypto';
import type { ErasureOrder, StoreEraser } from '../eraser';
import type { CrashPoint, CreateEraserHarness, DataSetPlace } from './eraser-conformance-test';

/** Mistakes that an eraser can make, one at a time, to see that the conformance suite notices each. */
export type EraserFault =
  | 'forgets-receipts'
  | 'forgets-progress'
  | 'counts-before'
  | 'ignores-contract'
  | 'ignores-data-set'
  | 'swallows-faults'
  | 'trusts-removal'
  | 'dates-the-future'
  | 'repeats-what-it-found'
  | 'answers-any-key'
  | 'adds-up-late'
  | 'says-attested'
  | 'erases-after-the-receipt'
  | 'stops-at-ten'
  | 'counts-for-all-orders'
  | 'fails-on-nothing';

interface Item extends DataSetPlace {
  readonly text: string;
}

interface Progress {
  readonly order: ErasureOrder;
  readonly firstActionAt: Instant;
  readonly foundBefore: number;
  erased: number;
  receipt?: ErasureReceipt;
}

/** What outlives a process: the items, and how far each order has come. */
class StoreMemory {
  items: readonly Item[] = [];
  readonly progress = new Map<string, Progress>();
  resisting: DataSetPlace | undefined;
  readonly fault: EraserFault | undefined;

  constructor(fault: EraserFault | undefined) {
    this.fault = fault;
  }

  has(fault: EraserFault): boolean {
    return this.fault === fault;
  }

  of(place: DataSetPlace): readonly Item[] {
    return this.items.filter(
      (item) => item.contractId === place.contractId && item.dataSetId === place.dataSetId,
    );
  }

  /** What an order means, as this eraser understands it. */
  meantBy(order: ErasureOrder): readonly Item[] {
    return this.items.filter(
      (item) =>
        (this.has('ignores-contract') || item.contractId === order.contractId) &&
        (this.has('ignores-data-set') || item.dataSetId === order.dataSetId),
    );
  }

  begin(order: ErasureOrder, now: Instant): Progress {
    const key = this.has('counts-for-all-orders') ? 'all' : order.idempotencyKey;
    const known = this.progress.get(key);
    if (known !== undefined) return known;
    const begun = { order, firstActionAt: now, foundBefore: this.meantBy(order).length, erased: 0 };
    this.progress.set(key, begun);
    return begun;
  }

  /** Removes a few items and adds them to what the order has erased, both or neither. */
  eraseSome(order: ErasureOrder, progress: Progress): number {
    if (progress.receipt !== undefined && !this.has('erases-after-the-receipt')) return 0;
    if (this.has('stops-at-ten') && progress.erased >= 10) return 0;
    const some = this.meantBy(order)
      .filter((item) => !this.isResisting(item))
      .slice(0, 2);
    this.items = this.items.filter((item) => !some.includes(item));
    if (!this.has('adds-up-late')) progress.erased += some.length;
    return some.length;
  }

  isResisting({ contractId, dataSetId }: DataSetPlace): boolean {
    return this.resisting?.contractId === contractId && this.resisting.dataSetId === dataSetId;
  }
}

const dayMs = 86_400_000;

const receiptOf = (memory: StoreMemory, progress: Progress, found: number, now: Instant): ErasureReceipt => ({
  method: found === 0 ? 'nothing-held' : 'row-deletion',
  found,
  erased: found,
  firstActionAt: progress.firstActionAt,
  lastActionAt: memory.has('dates-the-future') ? instantOf(epochMillisecondsOf(now) + dayMs) : now,
  verification: memory.has('says-attested') ? 'attested' : 'recounted',
  ...(memory.has('repeats-what-it-found') && { evidenceDigest: digestOf('anna.canary@example.com') }),
});

const digestOf = (text: string): Digest => createHash('sha256').update(text).digest('hex') as Digest;

const foundBy = (memory: StoreMemory, progress: Progress, erasedNow: number): number => {
  if (memory.has('forgets-progress') || memory.has('adds-up-late')) return erasedNow;
  return memory.has('counts-before') ? progress.foundBefore : progress.erased;
};

/** Receipt of an order, or the code of a failure; what is on record first stays. */
const finish = (
  memory: StoreMemory,
  progress: Progress,
  erasedNow: number,
  now: Instant,
): ErasureReceipt | string => {
  const isTrusting = (['trusts-removal', 'swallows-faults', 'stops-at-ten'] as const).some((fault) =>
    memory.has(fault),
  );
  if (progress.receipt !== undefined) return progress.receipt;
  if (!isTrusting && memory.meantBy(progress.order).length > 0) return 'items-left';
  const found = foundBy(memory, progress, erasedNow);
  if (memory.has('fails-on-nothing') && found === 0) return 'nothing-to-erase';
  const receipt = receiptOf(memory, progress, found, now);
  if (memory.has('forgets-receipts')) memory.progress.clear();
  else progress.receipt = receipt;
  return receipt;
};

const isSameOrder = (one: ErasureOrder, other: ErasureOrder): boolean =>
  one.contractId === other.contractId && one.dataSetId === other.dataSetId && one.store === other.store;

const eraserOf = (memory: StoreMemory, clock: Clock, crashPoint: CrashPoint): StoreEraser => {
  const step = async <T>(work: () => T): Promise<T> => {
    await Promise.resolve();
    crashPoint();
    const answer = work();
    crashPoint();
    return answer;
  };
  const erase = async (order: ErasureOrder, progress: Progress): Promise<number> => {
    let erased = 0;
    for (;;) {
      const some = await step(() => memory.eraseSome(order, progress));
      erased += some;
      if (some === 0) return erased;
    }
  };
  const eraseSwallowing = (order: ErasureOrder, progress: Progress): Promise<number> =>
    erase(order, progress).catch(() => 0);

  return async (order) => {
    const progress = await step(() => memory.begin(order, clock()));
    const isForeign = !memory.has('answers-any-key') && !memory.has('counts-for-all-orders');
    if (isForeign && !isSameOrder(progress.order, order)) {
      return { outcome: 'failed', reason: 'key-of-another-order' };
    }
    const eraseAll = memory.has('swallows-faults') ? eraseSwallowing : erase;
    const erased = await eraseAll(order, progress);
    const receipt = await step(() => finish(memory, progress, erased, clock()));
    return typeof receipt === 'string'
      ? { outcome: 'failed', reason: receipt }
      : { outcome: 'erased', receipt };
  };
};

/** A clock that moves by a second whenever it is asked. */
const tickingClock = (): Clock => {
  let milliseconds = Date.parse('2026-03-31T06:00:00.000Z');
  return () => instantOf((milliseconds += 1000));
};

/** A store in memory with an eraser that keeps every promise, but for one fault if a test wants it. */
export const erasableStoreHarness =
  (fault?: EraserFault): CreateEraserHarness =>
  () => {
    const memory = new StoreMemory(fault);
    const clock = tickingClock();
    return Promise.resolve({
      verification: 'recounted',
      clock,
      open: (crashPoint = () => undefined) => Promise.resolve(eraserOf(memory, clock, crashPoint)),
      plant: (place, texts) => {
        memory.items = [...memory.items, ...texts.map((text) => ({ ...place, text }))];
        return Promise.resolve();
      },
      held: (place) => Promise.resolve(memory.of(place).map(({ text }) => text)),
      resist: (place) => {
        memory.resisting = place;
        return Promise.resolve(() => {
          memory.resisting = undefined;
          return Promise.resolve();
        });
      },
      dispose: () => Promise.resolve(),
    });
  };
