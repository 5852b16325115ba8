import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { testOnStore, type EraserConformanceTest, type EraserHarness } from '../eraser-conformance-test';
import { atEveryPoint } from './crash-points';
import {
  assertAccountsFor,
  assertHolds,
  attempt,
  CANARY,
  HERE,
  orderOf,
  settle,
  texts,
  type Attempt,
} from './scenery';

const reasonCode = /^[a-z][a-z0-9-]{0,63}$/;

/** The address as such, and as what a program makes of it to hide it. */
const traces: readonly string[] = [
  CANARY,
  ...[CANARY, ...texts(3)].flatMap((text) =>
    (['hex', 'base64'] as const).map((form) => createHash('sha256').update(text).digest(form)),
  ),
];

const assertTellsNothing = (answer: Attempt): void => {
  if (answer.outcome === 'failed') assert.match(answer.reason, reasonCode);
  const told = inspect(answer, { depth: 10, showHidden: true });
  for (const trace of traces) assert.ok(!told.includes(trace), 'expected no personal data in an answer');
};

const assertRecounts = async (harness: EraserHarness): Promise<void> => {
  assert.ok(harness.resist !== undefined, 'expected a harness of a recounted store that can resist');
  const relent = await harness.resist(HERE);
  const eraser = await harness.open();
  for (let tries = 0; tries < 2; tries += 1) {
    const { outcome } = await attempt(eraser, orderOf(HERE));
    assert.notEqual(outcome, 'erased', 'expected a recount to notice what is left');
  }
  await relent();
};

export const beingHonest: readonly EraserConformanceTest[] = [
  testOnStore('first and last action lie between the order and the receipt', async (harness) => {
    await harness.plant(HERE, texts(3));
    const orderedAt = harness.clock();
    const receipt = await settle(harness, await harness.open(), orderOf(HERE));
    const times = [orderedAt, receipt.firstActionAt, receipt.lastActionAt, harness.clock()];
    assertAccountsFor(receipt, 3);
    assert.deepEqual(times, [...times].sort());
  }),

  testOnStore('how it was verified is said truly', async (harness) => {
    await harness.plant(HERE, texts(3));
    if (harness.verification === 'recounted') await assertRecounts(harness);
    const receipt = await settle(harness, await harness.open(), orderOf(HERE));
    assertAccountsFor(receipt, 3);
    await assertHolds(harness, HERE, []);
    assert.equal(receipt.verification, harness.verification);
    // Somebody else's word is worth something when it can be shown.
    if (receipt.verification === 'attested') assert.ok(receipt.evidenceDigest !== undefined);
  }),

  {
    title: 'no receipt, reason or error repeats what was held, not even hashed',
    run: (createHarness) =>
      atEveryPoint(createHarness, 'fault', async ({ harness, order, answer }) => {
        assertTellsNothing(answer);
        const receipt = await settle(harness, await harness.open(), order);
        assertAccountsFor(receipt, 3);
        assertTellsNothing({ outcome: 'erased', receipt });
      }),
  },
];
