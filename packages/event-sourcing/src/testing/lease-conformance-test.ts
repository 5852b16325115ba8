import { randomUUID } from 'node:crypto';
import type { LeaseStore } from '../leases/lease-store';

/** One lease store under test: its data, and as many handles on them as a test opens. */
export interface LeaseStoreHarness {
  /**
   * Whether handles that are opened one after the other, or beside each other, are on the same data, as those of a
   * durable store are. Otherwise each has its own.
   */
  readonly sharesData: boolean;
  open(): Promise<LeaseStore>;
  /** Removes the data. The suite has closed every handle before. */
  dispose(): Promise<void>;
}

export type CreateLeaseStoreHarness = () => Promise<LeaseStoreHarness>;

export interface LeaseStoreConformanceOptions {
  readonly createHarness: CreateLeaseStoreHarness;
}

/** A named test that knows no test runner: it passes by resolving and fails by rejecting. */
export interface LeaseStoreConformanceTest {
  readonly title: string;
  readonly run: (options: LeaseStoreConformanceOptions) => Promise<void>;
}

/** What one test works with. */
export interface LeaseScenario {
  readonly store: LeaseStore;
  /** A further handle, closed after the test like the first. */
  readonly open: () => Promise<LeaseStore>;
  readonly sharesData: boolean;
  /** A name that no other test uses, so that a server may be shared by all. */
  readonly name: (name?: string) => string;
}

/** A test on one freshly opened store, closed afterwards whatever happened. */
export const testOnLeases = (
  title: string,
  body: (scenario: LeaseScenario) => Promise<void>,
): LeaseStoreConformanceTest => ({
  title,
  run: async ({ createHarness }) => {
    const harness = await createHarness();
    const handles: LeaseStore[] = [];
    const open = async (): Promise<LeaseStore> => {
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
