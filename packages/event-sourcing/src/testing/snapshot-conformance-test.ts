import { randomUUID } from 'node:crypto';
import type { Position } from '../event-store/position';
import { sealedSnapshot } from '../snapshots/sealed-snapshot';
import type { Snapshot, SnapshotStore } from '../snapshots/snapshot-store';
import type { Uuid } from '../values/uuid';

/** One snapshot store under test: its data, and as many handles on them as a test opens. */
export interface SnapshotStoreHarness {
  /**
   * Whether handles that are opened one after the other, or beside each other, are on the same data, as those of a
   * durable store are. Otherwise each has its own.
   */
  readonly sharesData: boolean;
  open(): Promise<SnapshotStore>;
  /** Removes the data. The suite has closed every handle before. */
  dispose(): Promise<void>;
}

export type CreateSnapshotStoreHarness = () => Promise<SnapshotStoreHarness>;

export interface SnapshotStoreConformanceOptions {
  readonly createHarness: CreateSnapshotStoreHarness;
}

/** A named test that knows no test runner: it passes by resolving and fails by rejecting. */
export interface SnapshotStoreConformanceTest {
  readonly title: string;
  readonly run: (options: SnapshotStoreConformanceOptions) => Promise<void>;
}

/** What one test works with. */
export interface SnapshotScenario {
  readonly store: SnapshotStore;
  /** A further handle, closed after the test like the first. */
  readonly open: () => Promise<SnapshotStore>;
  readonly sharesData: boolean;
  /** A name that no other test uses. */
  readonly name: (name?: string) => string;
}

/** A snapshot like no other. */
export const newSnapshot = (name: string, state: unknown = randomUUID()): Snapshot =>
  sealedSnapshot(
    name,
    {
      ...{ definitionVersion: 3, eventCount: 42, lastEventId: randomUUID() as Uuid },
      position: `${randomUUID()}:17` as Position,
    },
    { state },
  );

/** A test on one freshly opened store, closed afterwards whatever happened. */
export const testOnSnapshots = (
  title: string,
  body: (scenario: SnapshotScenario) => Promise<void>,
): SnapshotStoreConformanceTest => ({
  title,
  run: async ({ createHarness }) => {
    const harness = await createHarness();
    const handles: SnapshotStore[] = [];
    const open = async (): Promise<SnapshotStore> => {
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
