import { randomUUID } from 'node:crypto';
import type { Position } from '../event-store/position';
import { sealedSnapshot } from '../snapshots/sealed-snapshot';
import type { Snapshot, SnapshotStore } from '../snapshots/snapshot-store';
import type { Uuid } from '../values/uuid';
import {
  testOnOneStore,
  type ConformanceOptions,
  type ConformanceScenario,
  type ConformanceTest,
  type StoreHarness,
} from './conformance-scenario';

export type SnapshotStoreHarness = StoreHarness<SnapshotStore>;
export type CreateSnapshotStoreHarness = () => Promise<SnapshotStoreHarness>;
export type SnapshotStoreConformanceOptions = ConformanceOptions<SnapshotStore>;
export type SnapshotStoreConformanceTest = ConformanceTest<SnapshotStore>;
export type SnapshotScenario = ConformanceScenario<SnapshotStore>;

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
): SnapshotStoreConformanceTest => testOnOneStore(title, body);
