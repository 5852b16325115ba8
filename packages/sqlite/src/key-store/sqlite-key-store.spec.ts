import { describe, expect, it } from '@jest/globals';
import { assertKeyStoreAgreesWithReference, keyStoreConformance } from '@mandate/vault/testing';
import { keyStoreHarness } from '../testing/key-store-harness';

keyStoreConformance({ describe, it }, 'SQLite', keyStoreHarness);

describe('the SQLite key store over random operations', () => {
  it('agrees with a naive reference', async () => {
    await expect(
      assertKeyStoreAgreesWithReference(keyStoreHarness, { numRuns: 100 }),
    ).resolves.toBeUndefined();
  });
});
