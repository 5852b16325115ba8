import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';

/** What all values have in common. */
export interface ValuePlace {
  readonly contractId: string;
  readonly dataSetId: string;
  readonly field: string;
}

/** Encrypts and decrypts values of one place under keys that the caller holds. */
export interface BareCipher {
  readonly encrypt: (key: Uint8Array, recipientId: string, plaintext: Uint8Array) => Buffer;
  readonly decrypt: (key: Uint8Array, recipientId: string, bytes: Uint8Array) => Buffer;
}

const algorithm = 'aes-256-gcm';
const format = 1;
const nonceBytes = 12;
const tagBytes = 16;
const lengthBytes = 4;
const uuid = '00000000-0000-4000-8000-000000000000';
const options = { authTagLength: tagBytes };

const noncesPerFill = 512;
const nonces = Buffer.alloc(nonceBytes * noncesPerFill);
let nextNonce = nonces.length;

/** Where the next nonce lies among those that were drawn together. */
const drawNonce = (): number => {
  if (nextNonce === nonces.length) {
    randomFillSync(nonces);
    nextNonce = 0;
  }
  nextNonce += nonceBytes;
  return nextNonce - nonceBytes;
};

const partOf = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/**
 * What `node:crypto` alone can do: the same associated data and the same bytes (`format | nonce | ciphertext | tag`) as
 * the vault's, the parts that stay the same encoded once, no checks, no keys but those in the caller's hands.
 */
export const bareCipher = ({ contractId, dataSetId, field }: ValuePlace): BareCipher => {
  const before = Buffer.concat([
    Buffer.of(format),
    ...['mandate.vault.value', contractId, dataSetId].map(partOf),
  ]);
  // Every recipient has a UUID, so the place of one serves for the next.
  const associatedData = Buffer.concat([before, partOf(uuid), partOf(field)]);

  const associatedDataOf = (recipientId: string): Buffer => {
    associatedData.write(recipientId, before.length + lengthBytes, 'latin1');
    return associatedData;
  };

  return {
    encrypt: (key, recipientId, plaintext) => {
      const drawn = drawNonce();
      const nonce = nonces.subarray(drawn, drawn + nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce, options);
      cipher.setAAD(associatedDataOf(recipientId));
      const body = cipher.update(plaintext);
      cipher.final();
      const bytes = Buffer.allocUnsafe(1 + nonceBytes + plaintext.length + tagBytes);
      bytes[0] = format;
      bytes.set(nonce, 1);
      bytes.set(body, 1 + nonceBytes);
      bytes.set(cipher.getAuthTag(), bytes.length - tagBytes);
      return bytes;
    },
    decrypt: (key, recipientId, bytes) => {
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(1, 1 + nonceBytes), options);
      decipher.setAAD(associatedDataOf(recipientId));
      decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
      const plaintext = decipher.update(bytes.subarray(1 + nonceBytes, bytes.length - tagBytes));
      decipher.final();
      return plaintext;
    },
  };
};
