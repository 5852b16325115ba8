import type { KeyStore, StoredKey } from '../key-store';

const NO_KEYS = { contracts: 0, dataSets: 0, recipients: 0 };

/**
 * A key store that gives friendly answers and does nothing. No conformance test may pass on it: one that does tests
 * nothing.
 */
export const createIdleKeyStore = (): KeyStore => ({
  read: () => Promise.resolve({ state: 'never-known' }),
  revision: () => Promise.resolve(0),
  create: (keys) =>
    Promise.resolve(
      keys.map(({ path, wrapped }) => {
        const key: StoredKey = { path, wrapped, generation: 1 };
        return { outcome: 'created', key };
      }),
    ),
  replace: (replacements) =>
    Promise.resolve(
      replacements.map(({ expectedGeneration }) => ({
        outcome: 'replaced',
        generation: expectedGeneration + 1,
      })),
    ),
  fence: (path, at) => Promise.resolve({ path, fenceRevision: 1, fencedAt: at, destruction: null }),
  destroy: (path, at) => Promise.resolve({ path, fenceRevision: 1, destroyedAt: at, keysDestroyed: NO_KEYS }),
  countKeys: () => Promise.resolve(NO_KEYS),
  listKeys: () => Promise.resolve({ keys: [], next: null }),
  listFences: () => Promise.resolve({ fences: [], next: null }),
  reapplyFences: (fences) => Promise.resolve(fences.length),
  freeze: (contractId, at) => Promise.resolve({ contractId, frozenAt: at }),
  close: () => Promise.resolve(),
});
