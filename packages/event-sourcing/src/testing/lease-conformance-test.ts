import type { LeaseStore } from '../leases/lease-store';
import {
  testOnOneStore,
  type ConformanceOptions,
  type ConformanceScenario,
  type ConformanceTest,
  type StoreHarness,
} from './conformance-scenario';

export type LeaseStoreHarness = StoreHarness<LeaseStore>;
export type CreateLeaseStoreHarness = () => Promise<LeaseStoreHarness>;
export type LeaseStoreConformanceOptions = ConformanceOptions<LeaseStore>;
export type LeaseStoreConformanceTest = ConformanceTest<LeaseStore>;
export type LeaseScenario = ConformanceScenario<LeaseStore>;

/** A test on one freshly opened store, closed afterwards whatever happened. */
export const testOnLeases = (
  title: string,
  body: (scenario: LeaseScenario) => Promise<void>,
): LeaseStoreConformanceTest => testOnOneStore(title, body);
