import { describe, expect, it } from '@jest/globals';
import type { CreateKeyStoreHarness } from './testing/conformance-test';
import { createInMemoryKeyStoreHarness } from './testing/in-memory-harness';
import { keyStoreConformanceTests } from './testing/key-store-conformance';
import { assertKeyStoreAgreesWithReference } from './testing/key-store-model';
import {
  fenceAfterDestruction,
  flaggedKeyCounted,
  keyKeptWithFlag,
  wrongHarness,
} from './testing/wrong-erasures';

const failedTests = async (createHarness: CreateKeyStoreHarness): Promise<readonly string[]> => {
  const failed: string[] = [];
  for (const { title, run } of keyStoreConformanceTests) {
    await run(createHarness).catch(() => failed.push(title));
  }
  return failed;
};

const bytesGone = 'the bytes of destroyed keys are nowhere in the store';

describe('a key store that only says it erased', () => {
  const lateFence = wrongHarness(() => fenceAfterDestruction);

  it('is not the one that does', async () => {
    expect(await failedTests(createInMemoryKeyStoreHarness)).toEqual([]);
  });

  it('is found by its bytes alone, when it keeps destroyed keys with a flag and gives every answer right', async () => {
    expect(await failedTests(wrongHarness(keyKeptWithFlag))).toEqual([bytesGone]);
  });

  it('is found by its answers too, when it counts such keys', async () => {
    const harness = wrongHarness(flaggedKeyCounted);
    expect(await failedTests(harness)).toEqual(
      expect.arrayContaining([
        bytesGone,
        'destroying counts what was counted before, and a repetition gives the facts of the first time',
      ]),
    );
    await expect(assertKeyStoreAgreesWithReference(harness, { numRuns: 1000 })).rejects.toThrow(/seed/);
  });

  it('is found when it writes the fence only after the destruction', async () => {
    expect(await failedTests(lateFence)).toEqual(
      expect.arrayContaining([
        'a fence erases the key and everything beneath, also what never existed',
        'nothing can be created beneath a fence, before and after destroying',
        'nothing can be replaced beneath a fence',
        'the revision grows with every new fence and freeze, is seen by all, and nothing else moves it',
      ]),
    );
    await expect(assertKeyStoreAgreesWithReference(lateFence, { numRuns: 1000 })).rejects.toThrow(/seed/);
  });
});
