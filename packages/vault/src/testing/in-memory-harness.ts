import { createInMemoryKeyStore } from '../in-memory-key-store';
import { KeyMemory } from '../key-memory';
import type { KeyStore } from '../key-store';
import type { KeyStoreHarness } from './conformance-test';

/** One in-memory key store with any number of handles. */
export const createInMemoryKeyStoreHarness = (): Promise<KeyStoreHarness> => {
  const memory = new KeyMemory();
  const handles: KeyStore[] = [];
  return Promise.resolve({
    open: () => {
      const handle = createInMemoryKeyStore(memory);
      handles.push(handle);
      return Promise.resolve(handle);
    },
    storedBytes: () => Promise.resolve(memory.storedBytes()),
    dispose: async () => {
      await Promise.all(handles.map((handle) => handle.close()));
    },
  });
};
