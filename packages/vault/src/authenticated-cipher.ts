import { createCipheriv, createDecipheriv } from 'node:crypto';
import { freshNonce } from './nonces';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a sealed message is longer than its plaintext. */
export const SEAL_BYTES = NONCE_BYTES + TAG_BYTES;

/** AES-256-GCM with a random nonce: `nonce | ciphertext | tag`, 28 bytes more than the plaintext. */
export const seal = (key: Uint8Array, plaintext: Uint8Array, associatedData: Uint8Array): Buffer => {
  const nonce = freshNonce();
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData);
  const body = cipher.update(plaintext);
  return Buffer.concat([nonce, body, cipher.final(), cipher.getAuthTag()]);
};

/** The plaintext, in memory of its own, or `null` when key, bytes and associated data do not belong together. */
export const unseal = (key: Uint8Array, sealed: Uint8Array, associatedData: Uint8Array): Buffer | null => {
  if (sealed.length < SEAL_BYTES) return null;
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associatedData);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const plaintext = decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES));
  try {
    decipher.final();
    return plaintext;
  } catch {
    // Plaintext that failed its check must not linger.
    plaintext.fill(0);
    return null;
  }
};
