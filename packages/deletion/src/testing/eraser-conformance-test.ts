import type { ErasureVerification } from '@mandate/domain';
import type { Clock } from '@mandate/event-sourcing';
import type { ErasureOrder, StoreEraser } from '../eraser';

/** Whose items are meant: one data set of one contract. */
export type DataSetPlace = Pick<ErasureOrder, 'contractId' | 'dataSetId'>;

/**
 * Called before and after everything that an eraser does to the world. When it throws, the process is dead there: the
 * step has not happened, or has happened and nobody was told.
 */
export type CrashPoint = () => void;

/** One store under test, empty at first. */
export interface EraserHarness {
  /** How the store checks that nothing is left. The receipts must say the same. */
  readonly verification: ErasureVerification;
  /** The clock that the erasers of this harness use. */
  readonly clock: Clock;
  /** A further eraser of the same store, as another process would have, or the same one after a crash. */
  open(crashPoint?: CrashPoint): Promise<StoreEraser>;
  /** Puts one item for each text into a data set, as the owner of the store would. */
  plant(place: DataSetPlace, texts: readonly string[]): Promise<void>;
  /** The texts that the store holds of a data set, looked up past the eraser. */
  held(place: DataSetPlace): Promise<readonly string[]>;
  /** What happens in the world before the next try: the other system goes on, a person does her part. */
  betweenTries?(order: ErasureOrder): Promise<void>;
  /**
   * From now on one item of the data set stays, though removing it seems to succeed. Answers with what ends that. A
   * store that is `recounted` must have it.
   */
  resist?(place: DataSetPlace): Promise<() => Promise<void>>;
  dispose(): Promise<void>;
}

export type CreateEraserHarness = () => Promise<EraserHarness>;

/** A named test that knows no test runner: it passes by resolving and fails by rejecting. */
export interface EraserConformanceTest {
  readonly title: string;
  readonly run: (createHarness: CreateEraserHarness) => Promise<void>;
}

/** Does something with a fresh store, and disposes of it. */
export const onFreshStore = async <T>(
  createHarness: CreateEraserHarness,
  body: (harness: EraserHarness) => Promise<T>,
): Promise<T> => {
  const harness = await createHarness();
  try {
    return await body(harness);
  } finally {
    await harness.dispose();
  }
};

export const testOnStore = (
  title: string,
  body: (harness: EraserHarness) => Promise<void>,
): EraserConformanceTest => ({ title, run: (createHarness) => onFreshStore(createHarness, body) });
