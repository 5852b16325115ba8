import type { EventStoreConformanceOptions, EventStoreConformanceTest, TestRunner } from './conformance-test';
import { batches } from './conformance/batches';
import { cancelling } from './conformance/cancelling';
import { capabilities } from './conformance/capabilities';
import { closing } from './conformance/closing';
import { concurrency } from './conformance/concurrency';
import { erasing } from './conformance/erasing';
import { expectedVersions } from './conformance/expected-versions';
import { fidelity } from './conformance/fidelity';
import { filters } from './conformance/filters';
import { limits } from './conformance/limits';
import { positions } from './conformance/positions';
import { reading } from './conformance/reading';
import { repeatedAppends } from './conformance/repeated-appends';
import { subscriptions } from './conformance/subscriptions';

/** Everything the `EventStore` port promises, as tests. A store that does nothing passes none of them. */
export const eventStoreConformanceTests: readonly EventStoreConformanceTest[] = [
  ...expectedVersions,
  ...repeatedAppends,
  ...batches,
  ...reading,
  ...filters,
  ...subscriptions,
  ...cancelling,
  ...concurrency,
  ...limits,
  ...positions,
  ...closing,
  ...capabilities,
  ...erasing,
  ...fidelity,
];

/**
 * Registers the whole suite with a test runner:
 * `eventStoreConformance({ describe, it }, 'SQLite', { createHarness })`.
 */
export const eventStoreConformance = (
  { describe, it }: TestRunner,
  storeName: string,
  options: EventStoreConformanceOptions,
): void => {
  describe(`conformance of the ${storeName} event store`, () => {
    for (const { title, run } of eventStoreConformanceTests) it(title, () => run(options));
  });
};
