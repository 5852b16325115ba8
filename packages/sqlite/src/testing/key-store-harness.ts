import type { KeyStore } from '@mandate/vault';
import type { CreateKeyStoreHarness } from '@mandate/vault/testing';
import { openSqliteKeyStore } from '../key-store/sqlite-key-store';
import { createTemporaryFolder } from './temporary-folder';

/** Key stores in a file of their own, opened as often as a test wants. */
export const keyStoreHarness: CreateKeyStoreHarness = async () => {
  const folder = await createTemporaryFolder();
  const handles: KeyStore[] = [];
  return {
    open: async () => {
      const handle = await openSqliteKeyStore({ file: folder.pathOf('keys.db') });
      handles.push(handle);
      return handle;
    },
    storedBytes: folder.bytes,
    dispose: async () => {
      for (const handle of handles) await handle.close();
      await folder.remove();
    },
  };
};
