import type { ProjectionStore } from '../projections/projection-store';
import {
  testOnOneStore,
  type ConformanceOptions,
  type ConformanceScenario,
  type ConformanceTest,
  type StoreHarness,
} from './conformance-scenario';

export type ProjectionStoreHarness = StoreHarness<ProjectionStore>;
export type CreateProjectionStoreHarness = () => Promise<ProjectionStoreHarness>;
export type ProjectionStoreConformanceOptions = ConformanceOptions<ProjectionStore>;
export type ProjectionStoreConformanceTest = ConformanceTest<ProjectionStore>;
export type ProjectionScenario = ConformanceScenario<ProjectionStore>;

/** A test on one freshly opened store, closed afterwards whatever happened. */
export const testOnProjections = (
  title: string,
  body: (scenario: ProjectionScenario) => Promise<void>,
): ProjectionStoreConformanceTest => testOnOneStore(title, body);
