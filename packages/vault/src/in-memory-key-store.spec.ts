import { describe, expect, it } from '@jest/globals';
import { createInMemoryKeyStore } from './in-memory-key-store';
import { KeyMemory } from './key-memory';
import type { KeyStore } from './key-store';
import type { CreateKeyStoreHarness } from './testing/conformance-test';
import { createIdleKeyStore } from './testing/idle-key-store';
import { createInMemoryKeyStoreHarness } from './testing/in-memory-harness';
import { keyStoreConformance, keyStoreConformanceTests } from './testing/key-store-conformance';
import { assertKeyStoreAgreesWithReference } from './testing/key-store-model';

const harnessOf =
  (open: () => KeyStore): CreateKeyStoreHarness =>
  () =>
    Promise.resolve({
      open: () => Promise.resolve(open()),
      storedBytes: () => Promise.resolve([]),
      dispose: () => Promise.resolve(),
    });

keyStoreConformance({ describe, it }, 'in-memory', createInMemoryKeyStoreHarness);

describe('the conformance suite', () => {
  it.each(keyStoreConformanceTests)('fails on a store that does nothing: $title', async ({ run }) => {
    await expect(run(harnessOf(createIdleKeyStore))).rejects.toThrow();
  });

  it.each(keyStoreConformanceTests)('fails on a store that answers with nothing: $title', async ({ run }) => {
    const mute = new Proxy(
      {},
      { get: (_target, name) => (name === 'then' ? undefined : () => Promise.resolve()) },
    );
    await expect(run(harnessOf(() => mute as KeyStore))).rejects.toThrow();
  });
});

describe('the in-memory key store', () => {
  it('gives the answers of the reference, for any operations', async () => {
    await assertKeyStoreAgreesWithReference(createInMemoryKeyStoreHarness, { numRuns: 300 });
  });

  const mutants: readonly [string, (store: KeyStore) => Partial<KeyStore>][] = [
    [
      'forgets a fence on a data set',
      (store) => ({ fence: (path, at) => store.fence(path.length === 2 ? ['x'] : path, at) }),
    ],
    [
      'destroys without a fence',
      (store) => ({ destroy: async (path, at) => store.fence(path, at).then(() => store.destroy(path, at)) }),
    ],
    [
      'replaces whatever the generation',
      (store) => ({
        replace: async (replacements) => {
          const answers = [];
          for (const each of replacements) {
            const reading = await store.read(each.path);
            const expectedGeneration =
              reading.state === 'active' ? (reading.chain.at(-1)?.generation ?? 0) : each.expectedGeneration;
            answers.push(...(await store.replace([{ ...each, expectedGeneration }])));
          }
          return answers;
        },
      }),
    ],
    [
      'counts each destruction anew',
      (store) => ({
        destroy: async (path, at) => ({ ...(await store.destroy(path, at)), destroyedAt: at }),
      }),
    ],
    [
      'takes no notice of a freeze',
      (store) => ({
        freeze: (contractId, at) => store.freeze('x', at).then((freeze) => ({ ...freeze, contractId })),
      }),
    ],
  ];

  it.each(mutants)('is told apart from one that %s', async (_title, mutate) => {
    const createHarness: CreateKeyStoreHarness = () => {
      const memory = new KeyMemory();
      return harnessOf(() => {
        const store = createInMemoryKeyStore(memory);
        return { ...store, ...mutate(store) };
      })();
    };
    await expect(assertKeyStoreAgreesWithReference(createHarness, { numRuns: 1000 })).rejects.toThrow(/seed/);
  });
});
