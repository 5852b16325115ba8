import type { KeyStore, Vault } from '@mandate/vault';

const firstBelow = async (
  keyStore: KeyStore,
  parent: readonly [] | readonly [string],
): Promise<string | undefined> => {
  const { keys } = await keyStore.listKeys(parent, { after: null, limit: 1 });
  return keys[0]?.path.at(-1);
};

/**
 * Opens one of the keys that are there, so that a wrong master key is noticed now, and not at the first address
 * of the day. Changes nothing. Rejects with the `VaultError` that says what is wrong.
 */
export const checkMasterKey = async (keyStore: KeyStore, vault: Vault): Promise<void> => {
  const contractId = await firstBelow(keyStore, []);
  const dataSetId = contractId === undefined ? undefined : await firstBelow(keyStore, [contractId]);
  if (contractId === undefined || dataSetId === undefined) return;
  await vault.blindIndex({ contractId, dataSetId, field: 'check' }, []);
};
