import { createInMemoryKeyStore, formatKeyPath, type KeyPath, type KeyStore } from '@mandate/vault';

/** A key store that keeps watch over its keys: what is wrong with how they are destroyed it tells. */
export interface WatchedKeyStore {
  readonly store: KeyStore;
  /** Keys that are really there, at a path and beneath. */
  readonly held: (path: KeyPath) => Promise<number>;
  /** How many keys were there when they were destroyed; absent: they were not. */
  readonly destroyed: (path: KeyPath) => number | undefined;
}

/** Unlike a real one it does destroy keys that have no fence, so that this can be found out. */
export const createWatchedKeyStore = (complain: (complaint: string) => void): WatchedKeyStore => {
  const store = createInMemoryKeyStore();
  const fenced = new Set<string>();
  const destroyed = new Map<string, number>();
  const held = async (path: KeyPath): Promise<number> => {
    const { contracts, dataSets, recipients } = await store.countKeys(path);
    return contracts + dataSets + recipients;
  };
  return {
    held,
    destroyed: (path) => destroyed.get(formatKeyPath(path)),
    store: {
      ...store,
      fence: (path, at) => {
        fenced.add(formatKeyPath(path));
        return store.fence(path, at);
      },
      destroy: async (path, at) => {
        const name = formatKeyPath(path);
        if (!fenced.has(name)) {
          complain('keys were destroyed before there was a fence');
          await store.fence(path, at);
        }
        if (!destroyed.has(name)) destroyed.set(name, await held(path));
        return store.destroy(path, at);
      },
    },
  };
};
