import assert from 'node:assert/strict';
import type { EraserConformanceTest } from '../eraser-conformance-test';
import { atEveryPoint, items, type Interrupted } from './crash-points';
import { assertAccountsFor, assertHolds, assertNeighboursStay, HERE, settle, texts } from './scenery';

/** Whoever was interrupted may have been done already; then it must be true. */
const assertSaysNothingUntrue = async ({ harness, answer }: Interrupted): Promise<void> => {
  if (answer.outcome !== 'erased') return;
  assertAccountsFor(answer.receipt, items);
  await assertHolds(harness, HERE, []);
};

export const survivingInterruptions: readonly EraserConformanceTest[] = [
  {
    title: 'killed anywhere, the same key ends in a receipt of the whole, and gives it again',
    run: (createHarness) =>
      atEveryPoint(createHarness, 'death', async (interrupted) => {
        const { harness, order, answer } = interrupted;
        await assertSaysNothingUntrue(interrupted);
        const receipt = await settle(harness, await harness.open(), order);
        assertAccountsFor(receipt, items);
        await assertHolds(harness, HERE, []);
        await assertNeighboursStay(harness);
        if (answer.outcome === 'erased') assert.deepEqual(receipt, answer.receipt);
        assert.deepEqual(await settle(harness, await harness.open(), order), receipt);
      }),
  },
  {
    title: 'an erasure of which any one step fails never says that it is complete when it is not',
    run: (createHarness) =>
      atEveryPoint(createHarness, 'fault', async (interrupted) => {
        const { harness, order } = interrupted;
        await assertSaysNothingUntrue(interrupted);
        assertAccountsFor(await settle(harness, await harness.open(), order), items);
        await assertHolds(harness, HERE, []);
        await assertNeighboursStay(harness);
      }),
  },
  {
    title: 'what is added between a crash and the next try is erased and counted, or neither',
    run: (createHarness) =>
      atEveryPoint(createHarness, 'death', async ({ harness, order, point }) => {
        await harness.plant(HERE, texts(1, 'late'));
        const receipt = await settle(harness, await harness.open(), order);
        const { length: left } = await harness.held(HERE);
        assertAccountsFor(receipt, items + 1 - left);
        assert.ok(left <= 1, 'expected at most the late item to be left');
        // Nothing was on record at the first point: there is no receipt that could have come before.
        if (point === 1) assert.equal(left, 0, 'expected the late item to be erased');
      }),
  },
];
