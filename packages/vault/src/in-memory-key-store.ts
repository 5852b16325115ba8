import { KeyMemory } from './key-memory';
import type { KeyStore } from './key-store';
import { KeyStoreError } from './key-store-error';

/**
 * A key store that forgets everything with the process: for tests and for trying things out. Never for real data, whose
 * ciphertext would outlive its keys.
 *
 * Give the same {@link KeyMemory} to two stores to have two handles on one store, as two processes would.
 */
export const createInMemoryKeyStore = (memory: KeyMemory = new KeyMemory()): KeyStore => {
  let isClosed = false;
  const run = <T>(work: () => T): Promise<T> =>
    new Promise((resolve) => {
      if (isClosed) throw new KeyStoreError('store-closed', 'the key store is closed');
      resolve(work());
    });
  return {
    read: (path) => run(() => memory.read(path)),
    revision: () => run(() => memory.revision),
    create: (keys) => run(() => memory.create(keys)),
    replace: (replacements) => run(() => memory.replace(replacements)),
    fence: (path, at) => run(() => memory.fence(path, at)),
    destroy: (path, at) => run(() => memory.destroy(path, at)),
    countKeys: (path) => run(() => memory.countKeys(path)),
    listKeys: (parent, page) => run(() => memory.listKeys(parent, page)),
    listFences: (page) => run(() => memory.listFences(page)),
    reapplyFences: (fences) => run(() => memory.reapplyFences(fences)),
    freeze: (contractId, at) => run(() => memory.freeze(contractId, at)),
    close: () => {
      isClosed = true;
      return Promise.resolve();
    },
  };
};
