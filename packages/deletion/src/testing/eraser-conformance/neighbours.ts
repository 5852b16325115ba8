import { testOnStore, type EraserConformanceTest } from '../eraser-conformance-test';
import {
  assertAccountsFor,
  assertHolds,
  assertNeighboursStay,
  HERE,
  NEIGHBOURS,
  orderOf,
  plantNeighbours,
  settle,
  texts,
} from './scenery';

export const leavingNeighboursAlone: readonly EraserConformanceTest[] = [
  testOnStore(
    'other data sets stay as they were, and so does this one of another contract',
    async (harness) => {
      await harness.plant(HERE, texts(3));
      await plantNeighbours(harness);
      assertAccountsFor(await settle(harness, await harness.open(), orderOf(HERE)), 3);
      await assertHolds(harness, HERE, []);
      await assertNeighboursStay(harness);
    },
  ),

  testOnStore('orders for several data sets at once count what is their own', async (harness) => {
    await harness.plant(HERE, texts(3));
    await plantNeighbours(harness);
    const eraser = await harness.open();
    const receipts = await Promise.all(
      [HERE, ...NEIGHBOURS].map((place) => settle(harness, eraser, orderOf(place, place.contractId))),
    );
    for (const [index, receipt] of receipts.entries()) assertAccountsFor(receipt, index === 0 ? 3 : 2);
    for (const place of [HERE, ...NEIGHBOURS]) await assertHolds(harness, place, []);
  }),
];
