import { isUuid } from '@mandate/event-sourcing';
import { VaultError, type Vault } from '@mandate/vault';

/** What a reference must say for the keys to be those that the deletion of a contract destroys. */
interface Reference {
  readonly contractId: string;
  readonly dataSetId?: string;
}

const checked = <R extends Reference>(reference: R): R => {
  const { contractId, dataSetId } = reference;
  if (!isUuid(contractId) || (dataSetId !== undefined && !isUuid(dataSetId))) {
    throw new VaultError(
      'invalid-reference',
      'Expected the ids of a contract and a data set as they were recorded (UUIDs in lower case): ' +
        'under another spelling the keys would outlive the contract.',
    );
  }
  return reference;
};

/**
 * A vault that takes personal data under recorded spellings of ids only. The vault by itself accepts any opaque
 * id; here a key tree under another spelling would be one that no deletion ever reaches.
 */
export const guardedVault = (vault: Vault): Vault => ({
  ...vault,
  encrypt: async (reference, plaintext) => vault.encrypt(checked(reference), plaintext),
  encryptMany: async (values) => {
    for (const { reference } of values) checked(reference);
    return vault.encryptMany(values);
  },
  openDataSet: async (reference) => vault.openDataSet(checked(reference)),
});
