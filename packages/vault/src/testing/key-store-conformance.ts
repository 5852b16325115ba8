import { creatingKeys } from './conformance/creating-keys';
import { erasingKeys } from './conformance/erasing-keys';
import { freezingContracts } from './conformance/freezing-contracts';
import { listingKeys } from './conformance/listing-keys';
import { rotatingKeys } from './conformance/rotating-keys';
import type { ConformanceTest, CreateKeyStoreHarness, TestRunner } from './conformance-test';

/** Everything the {@link KeyStore} port promises, as tests. A store that does nothing passes none of them. */
export const keyStoreConformanceTests: readonly ConformanceTest[] = [
  ...creatingKeys,
  ...erasingKeys,
  ...rotatingKeys,
  ...freezingContracts,
  ...listingKeys,
];

/** Registers the whole suite with a test runner: `keyStoreConformance({ describe, it }, 'sqlite', openHarness)`. */
export const keyStoreConformance = (
  { describe, it }: TestRunner,
  storeName: string,
  createHarness: CreateKeyStoreHarness,
): void => {
  describe(`conformance of the ${storeName} key store`, () => {
    for (const { title, run } of keyStoreConformanceTests) it(title, () => run(createHarness));
  });
};
