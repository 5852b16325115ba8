import type { KeyStore } from '../key-store';

/** One key store under test, empty at first, with as many handles on it as a test wants. */
export interface KeyStoreHarness {
  /** A further handle on the same store, as another process would have. The harness closes them all in `dispose`. */
  open(): Promise<KeyStore>;
  /**
   * Everything the store keeps outside the process's heap, byte by byte: files, write-ahead logs, free pages. A store
   * that cannot show its bytes cannot prove that destroyed keys are gone.
   */
  storedBytes(): Promise<readonly Uint8Array[]>;
  dispose(): Promise<void>;
}

export type CreateKeyStoreHarness = () => Promise<KeyStoreHarness>;

/** A named test that knows no test runner: it passes by resolving and fails by rejecting. */
export interface ConformanceTest {
  readonly title: string;
  readonly run: (createHarness: CreateKeyStoreHarness) => Promise<void>;
}

/** The two functions of a test runner that the suite needs; those of jest, vitest, mocha and `node:test` fit. */
export interface TestRunner {
  readonly describe: (title: string, body: () => void) => unknown;
  readonly it: (title: string, body: () => Promise<void>) => unknown;
}

/** A test on one fresh store with two handles, both closed afterwards. */
export const testOnStore = (
  title: string,
  body: (store: KeyStore, other: KeyStore, harness: KeyStoreHarness) => Promise<void>,
): ConformanceTest => ({
  title,
  run: async (createHarness) => {
    const harness = await createHarness();
    try {
      await body(await harness.open(), await harness.open(), harness);
    } finally {
      await harness.dispose();
    }
  },
});
