import assert from 'node:assert/strict';
import { testOnStore, type EraserConformanceTest } from '../eraser-conformance-test';
import { assertAccountsFor, assertHolds, attempt, HERE, NEIGHBOURS, orderOf, settle, texts } from './scenery';

export const givingReceipts: readonly EraserConformanceTest[] = [
  testOnStore(
    'everything of the data set is erased, and the receipt says how much that was',
    async (harness) => {
      await harness.plant(HERE, texts(3));
      assertAccountsFor(await settle(harness, await harness.open(), orderOf(HERE)), 3);
      await assertHolds(harness, HERE, []);
    },
  ),

  testOnStore('a data set of many items is erased and counted to the last', async (harness) => {
    await harness.plant(HERE, texts(41));
    assertAccountsFor(await settle(harness, await harness.open(), orderOf(HERE)), 41);
    await assertHolds(harness, HERE, []);
  }),

  testOnStore('that nothing was held is a receipt; what comes later needs another order', async (harness) => {
    const eraser = await harness.open();
    assertAccountsFor(await settle(harness, eraser, orderOf(HERE)), 0);
    await harness.plant(HERE, texts(2));
    assertAccountsFor(await settle(harness, eraser, orderOf(HERE, 'second')), 2);
    await assertHolds(harness, HERE, []);
  }),

  testOnStore('the same key gives the first receipt, also in another process', async (harness) => {
    await harness.plant(HERE, texts(3));
    const first = await settle(harness, await harness.open(), orderOf(HERE));
    assertAccountsFor(first, 3);
    assert.deepEqual(await settle(harness, await harness.open(), orderOf(HERE)), first);
  }),

  testOnStore('what came after the receipt is not erased behind its back', async (harness) => {
    await harness.plant(HERE, texts(3));
    const first = await settle(harness, await harness.open(), orderOf(HERE));
    assertAccountsFor(first, 3);
    await harness.plant(HERE, texts(1, 'late'));
    assert.deepEqual(await settle(harness, await harness.open(), orderOf(HERE)), first);
    await assertHolds(harness, HERE, texts(1, 'late'));
  }),

  testOnStore(
    'a key that was given for another data set gives no receipt and erases nothing',
    async (harness) => {
      const [next] = NEIGHBOURS;
      assert.ok(next !== undefined);
      await harness.plant(HERE, texts(3));
      await harness.plant(next, texts(2));
      const eraser = await harness.open();
      assertAccountsFor(await settle(harness, eraser, orderOf(HERE)), 3);
      const confused = { ...orderOf(next), idempotencyKey: orderOf(HERE).idempotencyKey };
      assert.notEqual((await attempt(eraser, confused)).outcome, 'erased');
      await assertHolds(harness, next, texts(2));
    },
  ),

  testOnStore('one order given several times at once is one erasure with one receipt', async (harness) => {
    await harness.plant(HERE, texts(7));
    const [one, other] = [await harness.open(), await harness.open()];
    const receipts = await Promise.all(
      [one, other, one].map((eraser) => settle(harness, eraser, orderOf(HERE))),
    );
    for (const receipt of receipts) {
      assertAccountsFor(receipt, 7);
      assert.deepEqual(receipt, receipts[0]);
    }
    await assertHolds(harness, HERE, []);
  }),
];
