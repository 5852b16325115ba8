import { randomBytes } from 'node:crypto';
import { createInMemoryKeyStore, createVault, masterKeyFromBytes } from '@mandate/vault';
import type { FieldValue, Vault } from '@mandate/vault';
import { WorkNotDone } from '../../comparing/work';

type Encryption = Awaited<ReturnType<Vault['encrypt']>>;

/** The ciphertexts among answers that should all hold one. */
export const ciphertextsIn = (answers: readonly Encryption[]): readonly Uint8Array[] =>
  answers.map((answer) => {
    if (answer.state === 'encrypted') return answer.ciphertext;
    throw new WorkNotDone(`A value was not encrypted but ${answer.state}.`);
  });

/** The same values through a vault. */
export interface VaultSide {
  /** In portions, as imports and mass sendings come. */
  readonly encryptAll: () => Promise<readonly (readonly Encryption[])[]>;
  readonly encryptOneByOne: () => Promise<readonly Encryption[]>;
  readonly decryptAll: (ciphertexts: readonly Uint8Array[]) => Promise<readonly Uint8Array[]>;
}

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
      const answers: (readonly Encryption[])[] = [];
      for (const each of portions) answers.push(await vault.encryptMany(each));
      return answers;
    },
    encryptOneByOne: async () => {
      const answers: Encryption[] = [];
      for (const { reference, plaintext } of values) answers.push(await vault.encrypt(reference, plaintext));
      return answers;
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
