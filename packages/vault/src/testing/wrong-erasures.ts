import { createInMemoryKeyStore } from '../in-memory-key-store';
import { KeyMemory } from '../key-memory';
import { coversKeyPath, formatKeyPath } from '../key-path';
import type { KeyPath } from '../key-path';
import type { Fence, KeyStore, NewKey } from '../key-store';
import type { CreateKeyStoreHarness } from './conformance-test';

/** What handles on one wrong store have in common. */
interface Kept {
  readonly keys: NewKey[];
}

/** Wrong on purpose: destroyed keys are only marked as such, and their bytes stay. Every answer is right. */
export const keyKeptWithFlag =
  ({ keys }: Kept) =>
  (store: KeyStore): KeyStore => ({
    ...store,
    create: (created) => {
      keys.push(...created.map((key) => ({ ...key, wrapped: Uint8Array.from(key.wrapped) })));
      return store.create(created);
    },
  });

/** Wrong on purpose: destroyed keys are marked as such, and counted as if they were there. */
export const flaggedKeyCounted =
  ({ keys }: Kept) =>
  (store: KeyStore): KeyStore => ({
    ...keyKeptWithFlag({ keys })(store),
    countKeys: (path) => {
      const beneath = new Set(
        keys.filter((key) => coversKeyPath(path, key.path)).map((key) => formatKeyPath(key.path)),
      );
      const numberOf = (level: number): number =>
        [...beneath].filter((name) => name.split('/').length === level).length;
      return Promise.resolve({ contracts: numberOf(1), dataSets: numberOf(2), recipients: numberOf(3) });
    },
  });

/** Wrong on purpose: a fence is promised and written only after the keys were destroyed; until then nothing is erased. */
export const fenceAfterDestruction = (store: KeyStore): KeyStore => {
  const promised = new Map<string, Fence>();
  return {
    ...store,
    fence: (path: KeyPath, fencedAt: string) => {
      const fence: Fence = { path, fenceRevision: promised.size + 1, fencedAt, destruction: null };
      const known = promised.get(formatKeyPath(path)) ?? fence;
      promised.set(formatKeyPath(path), known);
      return Promise.resolve(known);
    },
    destroy: async (path, at) => {
      const known = promised.get(formatKeyPath(path));
      if (known !== undefined) await store.fence(path, known.fencedAt);
      return store.destroy(path, at);
    },
  };
};

/** A harness on stores that are wrong in one way; what they kept of destroyed keys is among the stored bytes. */
export const wrongHarness =
  (mutant: (kept: Kept) => (store: KeyStore) => KeyStore): CreateKeyStoreHarness =>
  () => {
    const memory = new KeyMemory();
    const kept: Kept = { keys: [] };
    const mutate = mutant(kept);
    return Promise.resolve({
      open: () => Promise.resolve(mutate(createInMemoryKeyStore(memory))),
      storedBytes: () =>
        Promise.resolve([...memory.storedBytes(), ...kept.keys.map(({ wrapped }) => wrapped)]),
      dispose: () => Promise.resolve(),
    });
  };
