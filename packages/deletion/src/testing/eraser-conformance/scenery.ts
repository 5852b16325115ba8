import type { ContractId, DataSetId, ErasureReceipt, StoreName } from '@mandate/domain';
import { erasureReceipt } from '@mandate/domain';
import { derivedUuid, type Uuid } from '@mandate/event-sourcing';
import { isRight } from 'fp-ts/Either';
import assert from 'node:assert/strict';
import type { ErasureOrder, ErasureOutcome, StoreEraser } from '../../eraser';
import type { DataSetPlace, EraserHarness } from '../eraser-conformance-test';

const contract = (number: number): ContractId => `c0000000-0000-4000-8000-00000000000${number}` as ContractId;
const dataSet = (number: number): DataSetId => `da7a5e70-0000-4000-8000-00000000000${number}` as DataSetId;

/** The data set that is erased. */
export const HERE: DataSetPlace = { contractId: contract(1), dataSetId: dataSet(1) };
/** Those that must stay: of the same contract, and of the same id under another one (S16). */
export const NEIGHBOURS: readonly DataSetPlace[] = [
  { contractId: contract(1), dataSetId: dataSet(2) },
  { contractId: contract(2), dataSetId: dataSet(1) },
  { contractId: contract(2), dataSetId: dataSet(2) },
];

/** Stands in every item; must stand in no answer. */
export const CANARY = 'anna.canary@example.com';

/** Texts of items that can be told apart, each with somebody's address. */
export const texts = (count: number, whose = 'own'): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${whose} item ${index} for ${CANARY}`);

const STORE = 'store-under-test' as string as StoreName;

export const orderOf = (place: DataSetPlace, name = 'first'): ErasureOrder => ({
  ...place,
  store: STORE,
  idempotencyKey: derivedUuid(name, place.dataSetId as string as Uuid),
});

/** What came of one call: a rejected promise is a failure, too. */
export type Attempt = ErasureOutcome | { readonly outcome: 'rejected'; readonly error: unknown };

export const attempt = async (eraser: StoreEraser, order: ErasureOrder): Promise<Attempt> => {
  try {
    return await eraser(order);
  } catch (error) {
    return { outcome: 'rejected', error };
  }
};

const triesMax = 10;

const inWords = (tried: Attempt | undefined): string =>
  tried?.outcome === 'failed' ? tried.reason : `${tried?.outcome ?? 'nothing'}: ${String(causeOf(tried))}`;

const causeOf = (tried: Attempt | undefined): unknown =>
  tried?.outcome === 'rejected' ? tried.error : 'no reason';

/** Gives an order until there is a receipt, as a deletion does. */
export const settle = async (
  harness: EraserHarness,
  eraser: StoreEraser,
  order: ErasureOrder,
): Promise<ErasureReceipt> => {
  let last: Attempt | undefined;
  for (let tries = 0; tries < triesMax; tries += 1) {
    last = await attempt(eraser, order);
    if (last.outcome === 'erased') return last.receipt;
    await harness.betweenTries?.(order);
  }
  assert.fail(`expected a receipt after ${triesMax} tries, found ${inWords(last)}`);
};

/** A receipt that accounts for so many items, and that a history takes. */
export const assertAccountsFor = (receipt: ErasureReceipt, items: number): void => {
  const { found, erased } = receipt;
  assert.ok(isRight(erasureReceipt.decode(receipt)), 'expected a receipt of the known fields only');
  assert.deepEqual({ found, erased }, { found: items, erased: items });
  if (items > 0) assert.notEqual(receipt.method, 'nothing-held');
};

export const assertHolds = async (
  harness: EraserHarness,
  place: DataSetPlace,
  expected: readonly string[],
): Promise<void> => {
  assert.deepEqual([...(await harness.held(place))].sort(), [...expected].sort());
};

export const plantNeighbours = async (harness: EraserHarness): Promise<void> => {
  for (const [index, place] of NEIGHBOURS.entries())
    await harness.plant(place, texts(2, `neighbour ${index}`));
};

export const assertNeighboursStay = async (harness: EraserHarness): Promise<void> => {
  for (const [index, place] of NEIGHBOURS.entries()) {
    await assertHolds(harness, place, texts(2, `neighbour ${index}`));
  }
};
