import { expect, describe, it } from '@jest/globals';
import { assertKeyStoreAgreesWithReference, keyStoreConformance } from '@mandate/vault/testing';
import { keyStoreHarness } from '../testing/key-store-harness';
import { onPostgres } from '../testing/on-postgres';

onPostgres('the PostgreSQL key store', (database) => {
  keyStoreConformance({ describe, it }, 'PostgreSQL', keyStoreHarness(database));

  it('agrees with a naive reference over random operations', async () => {
    await expect(
      assertKeyStoreAgreesWithReference(keyStoreHarness(database), { numRuns: 15 }),
    ).resolves.toBeUndefined();
  });
});
