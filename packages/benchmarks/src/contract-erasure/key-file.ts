import { openSqliteKeyStore } from '@mandate/sqlite';
import { createVault, masterKeyFromBytes, type KeyStore, type Vault } from '@mandate/vault';
import { interruptKeyStore } from '@mandate/vault/testing';

export const contractId = 'c-17';

/** A vault on a key store in a file, and the operations of the store that it called. */
export interface OpenedVault {
  readonly vault: Vault;
  readonly operations: readonly (keyof KeyStore)[];
  readonly close: () => Promise<void>;
}

// Nothing is kept that this key would protect.
const masterKey = masterKeyFromBytes(Buffer.alloc(32, 'mandate'));

export const openVaultOn = async (file: string): Promise<OpenedVault> => {
  const store = await openSqliteKeyStore({ file });
  const operations: (keyof KeyStore)[] = [];
  const keyStore = interruptKeyStore(store, {
    before: (operation) => {
      operations.push(operation);
      return Promise.resolve();
    },
  });
  const vault = createVault({ keyStore, masterKey, clock: () => new Date().toISOString() });
  return { vault, operations, close: () => store.close() };
};
