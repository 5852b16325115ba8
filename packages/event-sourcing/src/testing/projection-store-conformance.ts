import type { TestRunner } from './conformance-test';
import type {
  ProjectionStoreConformanceOptions,
  ProjectionStoreConformanceTest,
} from './projection-conformance-test';
import { claiming } from './projection-conformance/claiming';
import { closing } from './projection-conformance/closing';
import { committing } from './projection-conformance/committing';
import { creating } from './projection-conformance/creating';
import { documents } from './projection-conformance/documents';
import { goingLive } from './projection-conformance/going-live';
import { handles } from './projection-conformance/handles';
import { parking } from './projection-conformance/parking';
import { reading } from './projection-conformance/reading';
import { removing } from './projection-conformance/removing';
import { statuses } from './projection-conformance/statuses';

/** Everything the `ProjectionStore` port promises, as tests. A store that does nothing passes none of them. */
export const projectionStoreConformanceTests: readonly ProjectionStoreConformanceTest[] = [
  ...creating,
  ...claiming,
  ...committing,
  ...documents,
  ...parking,
  ...statuses,
  ...goingLive,
  ...removing,
  ...reading,
  ...closing,
  ...handles,
];

/**
 * Registers the whole suite with a test runner:
 * `projectionStoreConformance({ describe, it }, 'SQLite', { createHarness })`.
 */
export const projectionStoreConformance = (
  { describe, it }: TestRunner,
  storeName: string,
  options: ProjectionStoreConformanceOptions,
): void => {
  describe(`conformance of the ${storeName} projection store`, () => {
    for (const { title, run } of projectionStoreConformanceTests) it(title, () => run(options));
  });
};
