import { randomBytes } from 'node:crypto';
import { createInMemoryKeyStore, createVault, masterKeyFromBytes } from '@mandate/vault';
import type { FieldValue, Vault } from '@mandate/vault';
import { WorkNotDone } from '../../comparing/work';

/** The same values through a vault. */
export interface VaultSide {
  /** In portions, as imports and mass sendings come. */
  readonly encryptAll: () => Promise<readonly Uint8Array[]>;
  readonly encryptOneByOne: () => Promise<readonly Uint8Array[]>;
  readonly decryptAll: (ciphertexts: readonly Uint8Array[]) => Promise<readonly Uint8Array[]>;
}

type Encryption = Awaited<ReturnType<Vault['encrypt']>>;

const ciphertextIn = (answer: Encryption): Uint8Array => {
  if (answer.state === 'encrypted') return answer.ciphertext;
  throw new WorkNotDone(`A value was not encrypted but ${answer.state}.`);
};

const portionsOf = (values: readonly FieldValue[], size: number): readonly (readonly FieldValue[])[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );

/** A vault without any keys, on a key store in memory, with room for so many keys in its cache. */
const freshVault = (cachedKeysMax: number): Vault =>
  createVault({
    keyStore: createInMemoryKeyStore(),
    masterKey: masterKeyFromBytes(randomBytes(32)),
    clock: () => new Date().toISOString(),
    cachedKeysMax,
  });

export interface VaultSideOptions {
  readonly cachedKeysMax: number;
  readonly portion: number;
}

/** A vault that knows none of the recipients. */
export const strangersTo = (
  values: readonly FieldValue[],
  { cachedKeysMax, portion }: VaultSideOptions,
): VaultSide => {
  const vault = freshVault(cachedKeysMax);
  const portions = portionsOf(values, portion);
  return {
    encryptAll: async () => {
      const ciphertexts: Uint8Array[] = [];
      for (const each of portions) {
        for (const answer of await vault.encryptMany(each)) ciphertexts.push(ciphertextIn(answer));
      }
      return ciphertexts;
    },
    encryptOneByOne: async () => {
      const ciphertexts: Uint8Array[] = [];
      for (const { reference, plaintext } of values)
        ciphertexts.push(ciphertextIn(await vault.encrypt(reference, plaintext)));
      return ciphertexts;
    },
    decryptAll: async (ciphertexts) => {
      const plaintexts: Uint8Array[] = [];
      for (const [index, { reference }] of values.entries()) {
        const answer = await vault.decrypt(reference, ciphertexts[index] ?? new Uint8Array());
        if (answer.state === 'decrypted') plaintexts.push(answer.plaintext);
      }
      return plaintexts;
    },
  };
};

/** A vault that knows all recipients; their keys are in its cache as far as that has room. */
export const acquaintancesOf = async (
  values: readonly FieldValue[],
  options: VaultSideOptions,
): Promise<VaultSide> => {
  const side = strangersTo(values, options);
  await side.encryptOneByOne();
  return side;
};
