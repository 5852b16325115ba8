import { randomUUID } from 'node:crypto';

/** What a conformance suite closes after its tests. */
interface Closable {
  close(): Promise<void>;
}

/** One store under test: its data, and as many handles on them as a test opens. */
export interface StoreHarness<Store extends Closable> {
  /**
   * Whether handles that are opened one after the other, or beside each other, are on the same data, as those of a
   * durable store are. Otherwise each has its own.
   */
  readonly sharesData: boolean;
  open(): Promise<Store>;
  /** Removes the data. The suite has closed every handle before. */
  dispose(): Promise<void>;
}

export interface ConformanceOptions<Store extends Closable> {
  readonly createHarness: () => Promise<StoreHarness<Store>>;
}

/** A named test that knows no test runner: it passes by resolving and fails by rejecting. */
export interface ConformanceTest<Store extends Closable> {
  readonly title: string;
  readonly run: (options: ConformanceOptions<Store>) => Promise<void>;
}

/** What one test works with. */
export interface ConformanceScenario<Store extends Closable> {
  readonly store: Store;
  /** A further handle, closed after the test like the first. */
  readonly open: () => Promise<Store>;
  readonly sharesData: boolean;
  /** A name that no other test uses, so that a server may be shared by all. */
  readonly name: (name?: string) => string;
}

/** A test on one freshly opened store, closed afterwards whatever happened. */
export const testOnOneStore = <Store extends Closable>(
  title: string,
  body: (scenario: ConformanceScenario<Store>) => Promise<void>,
): ConformanceTest<Store> => ({
  title,
  run: async ({ createHarness }) => {
    const harness = await createHarness();
    const handles: Store[] = [];
    const open = async (): Promise<Store> => {
      const handle = await harness.open();
      handles.push(handle);
      return handle;
    };
    const prefix = `t${randomUUID()}`;
    try {
      const store = await open();
      const { sharesData } = harness;
      await body({ store, open, sharesData, name: (name = 'a') => `${prefix}-${name}` });
    } finally {
      for (const handle of handles) await handle.close();
      await harness.dispose();
    }
  },
});
