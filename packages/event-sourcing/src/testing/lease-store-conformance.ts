import type { TestRunner } from './conformance-test';
import type { LeaseStoreConformanceOptions, LeaseStoreConformanceTest } from './lease-conformance-test';
import { acquiring } from './lease-conformance/acquiring';
import { handles } from './lease-conformance/handles';
import { releasing } from './lease-conformance/releasing';
import { renewing } from './lease-conformance/renewing';

/** Everything the `LeaseStore` port promises, as tests. A store that does nothing passes none of them. */
export const leaseStoreConformanceTests: readonly LeaseStoreConformanceTest[] = [
  ...acquiring,
  ...renewing,
  ...releasing,
  ...handles,
];

/** Registers the whole suite with a test runner: `leaseStoreConformance({ describe, it }, 'SQLite', { createHarness })`. */
export const leaseStoreConformance = (
  { describe, it }: TestRunner,
  storeName: string,
  options: LeaseStoreConformanceOptions,
): void => {
  describe(`conformance of the ${storeName} lease store`, () => {
    for (const { title, run } of leaseStoreConformanceTests) it(title, () => run(options));
  });
};
