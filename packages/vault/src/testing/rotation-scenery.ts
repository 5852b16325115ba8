import type { KeyMemory } from '../key-memory';
import type { FieldReference } from '../reference';
import type { Vault, VaultOptions } from '../vault';
import { ANNA, MASTER_KEY, openVault, OTHER_MASTER_KEY, plaintextOf } from './vault-scenery';

/** Two contracts with two data sets of three recipients each. */
export const REFERENCES: readonly FieldReference[] = ['c1', 'c2'].flatMap((contractId) =>
  ['d1', 'd2'].flatMap((dataSetId) =>
    ['r1', 'r2', 'r3'].map((recipientId) => ({ contractId, dataSetId, recipientId, field: 'email' })),
  ),
);

/** A vault that is on its way from one master key to another. */
export const rotatingVault = (memory: KeyMemory, options: Partial<VaultOptions> = {}): Vault =>
  openVault(memory, { masterKey: OTHER_MASTER_KEY, previousMasterKeys: [MASTER_KEY], ...options });

export interface Stock {
  readonly reference: FieldReference;
  readonly ciphertext: Uint8Array;
}

export const stockUp = async (memory: KeyMemory): Promise<readonly Stock[]> => {
  const values = REFERENCES.map((reference) => ({ reference, plaintext: ANNA }));
  const answers = await openVault(memory).encryptMany(values);
  return values.flatMap(({ reference }, index) => {
    const answer = answers[index];
    return answer?.state === 'encrypted' ? [{ reference, ciphertext: answer.ciphertext }] : [];
  });
};

/** Rejects when one value of the stock cannot be read, or reads differently. */
export const readAll = async (vault: Vault, stock: readonly Stock[]): Promise<void> => {
  for (const { reference, ciphertext } of stock) {
    const plaintext = await plaintextOf(vault, reference, ciphertext);
    if (Buffer.compare(plaintext, ANNA) !== 0) throw new Error('a value reads differently');
  }
};
