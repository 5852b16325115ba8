import type { ErasureOrder, ErasureOutcome, StoreEraser } from '@mandate/deletion';
import type { VirtualTime } from '@mandate/event-sourcing/testing';

import { addressOf } from './canaries';
import { instantAfter, storeNames, type StoreName } from './names';
import { isRefusing, type Plan, type Refusal, type Reply } from './plan';

/** What a store holds of one recipient. */
export interface Row {
  readonly contractId: string;
  readonly dataSetId: string;
  /** Which of its contract's data sets it is: others have the same numbers. */
  readonly number: number;
  readonly recipientId: string;
  readonly address: string;
}

/** What a store said to an order, and whether anybody should believe it. */
export interface Answer {
  readonly order: ErasureOrder;
  readonly outcome: ErasureOutcome;
  readonly isBelievable: boolean;
}

/** Whether a row is one of those that an order names. */
export type Matches = (row: Row, order: ErasureOrder, numberOf: (dataSetId: string) => number) => boolean;

export interface RecipientStoresOptions {
  readonly plan: Plan;
  readonly time: VirtualTime;
  readonly matches: Matches;
  /** Told of every order before it is carried out. */
  readonly onOrder: (order: ErasureOrder) => Promise<void>;
  /** Told when a store does not answer any more. */
  readonly onHang: () => void;
}

export interface RecipientStores {
  readonly insert: (store: StoreName, row: Row) => void;
  readonly rowsOf: (dataSetId: string) => readonly { readonly store: StoreName; readonly row: Row }[];
  readonly erasers: Readonly<Record<string, StoreEraser>>;
  readonly answers: readonly Answer[];
  /** Stores that said they had held nothing, which was not true. */
  readonly lies: ReadonlySet<string>;
  /** Lets those that hang do what they were told, and answer. */
  readonly wake: () => void;
}

const hourMs = 3_600_000;

const garbage = (outcome: unknown): ErasureOutcome => outcome as ErasureOutcome;

export const placeOf = ({
  dataSetId,
  store,
}: {
  readonly dataSetId: string;
  readonly store: string;
}): string => `${dataSetId} ${store}`;

/** The stores of everybody, with erasers that fail, hang, lie and come late, as planned. */
export const createRecipientStores = (options: RecipientStoresOptions): RecipientStores => {
  const { plan, time, matches, onOrder, onHang } = options;
  const rows = new Map<StoreName, readonly Row[]>(storeNames.map((name) => [name, []]));
  const receipts = new Map<string, ErasureOutcome>();
  const numbers = new Map<string, number>();
  const answers: Answer[] = [];
  const lies = new Set<string>();
  const hanging: (() => void)[] = [];

  const say = (order: ErasureOrder, outcome: ErasureOutcome, isBelievable: boolean): ErasureOutcome => {
    answers.push({ order, outcome, isBelievable });
    return outcome;
  };

  const receipt = (found: number, erased = found, shiftMs = 0): ErasureOutcome => {
    const at = instantAfter(time.clock(), shiftMs);
    return {
      outcome: 'erased',
      receipt: {
        method: found === 0 ? 'nothing-held' : 'row-deletion',
        ...{ found, erased, firstActionAt: at, lastActionAt: at, verification: 'recounted' },
      },
    };
  };

  const eraseRows = (name: StoreName, order: ErasureOrder): number => {
    const before = rows.get(name) ?? [];
    const left = before.filter((row) => !matches(row, order, (id) => numbers.get(id) ?? 0));
    rows.set(name, left);
    return before.length - left.length;
  };

  const done = (name: StoreName, order: ErasureOrder): ErasureOutcome => {
    const first = plan.forgetful.includes(name) ? undefined : receipts.get(order.idempotencyKey);
    const outcome = first ?? receipt(eraseRows(name, order));
    receipts.set(order.idempotencyKey, outcome);
    return say(order, outcome, true);
  };

  const reply = async (
    name: StoreName,
    order: ErasureOrder,
    as: Reply | Refusal,
  ): Promise<ErasureOutcome> => {
    const [address, found] = [addressOf('r1'), rows.get(name)?.length ?? 0];
    switch (as) {
      case 'done':
        return done(name, order);
      case 'fails':
      case 'missing':
        return say(order, { outcome: 'failed', reason: 'store-unreachable' }, false);
      case 'throws-an-address':
        throw new Error(`no row of ${address}`, { cause: { recipient: address } });
      case 'fails-with-an-address':
        return say(order, { outcome: 'failed', reason: `locked: ${address}` }, false);
      case 'receipt-with-an-address':
        return say(order, garbage({ ...receipt(found), receipt: { found: address, [address]: 1 } }), false);
      case 'nothing':
        return say(order, garbage(undefined), false);
      case 'hangs':
        onHang();
        await new Promise<void>((resolve) => hanging.push(resolve));
        return done(name, order);
      case 'done-late':
        time.pass(2 * hourMs);
        return done(name, order);
      case 'absent':
        lies.add(placeOf(order));
        return say(order, receipt(0), true);
      case 'half-done':
        return say(order, receipt(found + 1, found), false);
      case 'done-before-it-was-told':
        eraseRows(name, order);
        return say(order, receipt(found, found, -400 * 24 * hourMs), false);
      case 'done-in-the-future':
        eraseRows(name, order);
        return say(order, receipt(found, found, 24 * hourMs), false);
    }
  };

  const eraserOf = (name: StoreName): StoreEraser => {
    const planned = [...plan.replies[name]];
    return async (order) => {
      await onOrder(order);
      const { refusing } = plan;
      const isRefused = refusing?.store === name && isRefusing(refusing, order.contractId);
      return reply(name, order, isRefused ? refusing.refusal : (planned.shift() ?? 'done'));
    };
  };

  const given = storeNames.filter(
    (name) => plan.refusing?.refusal !== 'missing' || plan.refusing.store !== name,
  );
  return {
    insert: (name, row) => {
      rows.set(name, [...(rows.get(name) ?? []), row]);
      numbers.set(row.dataSetId, row.number);
    },
    rowsOf: (dataSetId) =>
      [...rows].flatMap(([store, all]) =>
        all.filter((row) => row.dataSetId === dataSetId).map((row) => ({ store, row })),
      ),
    erasers: Object.fromEntries(given.map((name) => [name, eraserOf(name)])),
    answers,
    lies,
    wake: () => {
      for (const resolve of hanging.splice(0)) resolve();
    },
  };
};
