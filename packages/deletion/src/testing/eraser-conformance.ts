import type { TestRunner } from '@mandate/event-sourcing/testing';
import type { CreateEraserHarness, EraserConformanceTest } from './eraser-conformance-test';
import { beingHonest } from './eraser-conformance/honesty';
import { survivingInterruptions } from './eraser-conformance/interruptions';
import { leavingNeighboursAlone } from './eraser-conformance/neighbours';
import { givingReceipts } from './eraser-conformance/receipts';

/**
 * Everything that a {@link StoreEraser} promises, as tests. An eraser that does nothing and says "erased" passes none of
 * them, and neither does one that always fails.
 */
export const eraserConformanceTests: readonly EraserConformanceTest[] = [
  ...givingReceipts,
  ...leavingNeighboursAlone,
  ...survivingInterruptions,
  ...beingHonest,
];

/** Registers the whole suite with a test runner: `eraserConformance({ describe, it }, 'files', openHarness)`. */
export const eraserConformance = (
  { describe, it }: TestRunner,
  eraserName: string,
  createHarness: CreateEraserHarness,
): void => {
  describe(`conformance of the ${eraserName} eraser`, () => {
    for (const { title, run } of eraserConformanceTests) it(title, () => run(createHarness));
  });
};
