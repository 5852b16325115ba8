import { describe, expect, it } from '@jest/globals';
import type { StoreEraser } from '../eraser';
import { erasableStoreHarness, type EraserFault } from './erasable-store';
import { eraserConformance, eraserConformanceTests } from './eraser-conformance';
import type { CreateEraserHarness } from './eraser-conformance-test';

eraserConformance({ describe, it }, 'in-memory', erasableStoreHarness());

const withEraser =
  (eraser: StoreEraser): CreateEraserHarness =>
  async () => ({
    ...(await erasableStoreHarness()()),
    open: (crashPoint = () => undefined) =>
      Promise.resolve((order) => {
        crashPoint();
        return eraser(order);
      }),
  });

const now = erasableStoreHarness()().then(({ clock }) => clock);

const saysErased: StoreEraser = async () => {
  const at = (await now)();
  const receipt = { found: 0, erased: 0, firstActionAt: at, lastActionAt: at } as const;
  return {
    outcome: 'erased',
    receipt: { ...receipt, method: 'nothing-held', verification: 'recounted' },
  };
};

const alwaysFails: StoreEraser = () => Promise.resolve({ outcome: 'failed', reason: 'store-unreachable' });
const alwaysThrows: StoreEraser = () => Promise.reject(new Error('unreachable'));

describe('the conformance suite of erasers', () => {
  it.each(eraserConformanceTests)('fails when nothing is done: $title', async ({ run }) => {
    await expect(run(withEraser(saysErased))).rejects.toThrow();
  });

  it.each(eraserConformanceTests)('fails when everything fails: $title', async ({ run }) => {
    await expect(run(withEraser(alwaysFails))).rejects.toThrow();
    await expect(run(withEraser(alwaysThrows))).rejects.toThrow();
  });

  it.each(eraserConformanceTests.filter(({ title }) => /killed|step fails|added|repeats/.test(title)))(
    'fails on a harness that calls no crash point: $title',
    async ({ run }) => {
      const harness = async (): ReturnType<CreateEraserHarness> => {
        const store = await erasableStoreHarness()();
        return { ...store, open: () => store.open() };
      };
      await expect(run(harness)).rejects.toThrow('expected a harness that calls the crash point');
    },
  );
});

/** Each mistake, and the test that is there for it. */
const noticed: Readonly<Record<EraserFault, string>> = {
  'forgets-receipts': 'the same key gives the first receipt, also in another process',
  'forgets-progress': 'killed anywhere, the same key ends in a receipt of the whole, and gives it again',
  'counts-before': 'what is added between a crash and the next try is erased and counted, or neither',
  'ignores-contract': 'other data sets stay as they were, and so does this one of another contract',
  'ignores-data-set': 'other data sets stay as they were, and so does this one of another contract',
  'swallows-faults': 'an erasure of which any one step fails never says that it is complete when it is not',
  'trusts-removal': 'how it was verified is said truly',
  'dates-the-future': 'first and last action lie between the order and the receipt',
  'repeats-what-it-found': 'no receipt, reason or error repeats what was held, not even hashed',
  'answers-any-key': 'a key that was given for another data set gives no receipt and erases nothing',
  'adds-up-late': 'one order given several times at once is one erasure with one receipt',
  'says-attested': 'how it was verified is said truly',
  'erases-after-the-receipt': 'what came after the receipt is not erased behind its back',
  'stops-at-ten': 'a data set of many items is erased and counted to the last',
  'counts-for-all-orders': 'orders for several data sets at once count what is their own',
  'fails-on-nothing': 'that nothing was held is a receipt; what comes later needs another order',
};

describe('a mistake that an eraser makes is noticed', () => {
  it.each(Object.entries(noticed))('%s: %s', async (fault, title) => {
    const test = eraserConformanceTests.find((each) => each.title === title);
    await expect(test?.run(erasableStoreHarness(fault as EraserFault))).rejects.toThrow();
  });
});
