import { randomBytes } from 'node:crypto';
import type { FieldValue } from '@mandate/vault';
import { bareCipher } from '../../bare/bare-cipher';
import { place } from './sample-values';

/** The values under keys of their own, by `node:crypto` alone. */
export interface BareSide {
  readonly encryptAll: () => readonly Uint8Array[];
  readonly decryptAll: (ciphertexts: readonly Uint8Array[]) => readonly Uint8Array[];
}

export const bareSideOf = (values: readonly FieldValue[]): BareSide => {
  const { encrypt, decrypt } = bareCipher(place);
  const records = values.map(({ reference: { recipientId }, plaintext }) => ({
    key: randomBytes(32),
    recipientId,
    plaintext,
  }));
  return {
    encryptAll: () => records.map((record) => encrypt(record.key, record.recipientId, record.plaintext)),
    decryptAll: (ciphertexts) =>
      records.map(({ key, recipientId }, index) =>
        decrypt(key, recipientId, ciphertexts[index] ?? new Uint8Array()),
      ),
  };
};
