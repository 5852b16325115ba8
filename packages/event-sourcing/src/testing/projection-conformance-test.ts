import { randomUUID } from 'node:crypto';
import type { ProjectionStore } from '../projections/projection-store';

/** One projection store under test: its data, and as many handles on them as a test opens. */
export interface ProjectionStoreHarness {
  /**
   * Whether handles that are opened one after the other, or beside each other, are on the same data, as those of a
   * durable store are. Otherwise each has its own.
   */
  readonly sharesData: boolean;
  open(): Promise<ProjectionStore>;
  /** Removes the data. The suite has closed every handle before. */
  dispose(): Promise<void>;
}

export type CreateProjectionStoreHarness = () => Promise<ProjectionStoreHarness>;

export interface ProjectionStoreConformanceOptions {
  readonly createHarness: CreateProjectionStoreHarness;
}

/** A named test that knows no test runner: it passes by resolving and fails by rejecting. */
export interface ProjectionStoreConformanceTest {
  readonly title: string;
  readonly run: (options: ProjectionStoreConformanceOptions) => Promise<void>;
}

/** What one test works with. */
export interface ProjectionScenario {
  readonly store: ProjectionStore;
  /** A further handle, closed after the test like the first. */
  readonly open: () => Promise<ProjectionStore>;
  readonly sharesData: boolean;
  /** The name of a projection that no other test uses, so that a server may be shared by all. */
  readonly name: (name?: string) => string;
}

/** A test on one freshly opened store, closed afterwards whatever happened. */
export const testOnProjections = (
  title: string,
  body: (scenario: ProjectionScenario) => Promise<void>,
): ProjectionStoreConformanceTest => ({
  title,
  run: async ({ createHarness }) => {
    const harness = await createHarness();
    const handles: ProjectionStore[] = [];
    const open = async (): Promise<ProjectionStore> => {
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
