import { createCipheriv, createDecipheriv } from 'node:crypto';
import { fillWithFreshNonce, NONCE_BYTES } from './nonces';

const ALGORITHM = 'aes-256-gcm';
const TAG_BYTES = 16;
const TAG_OPTIONS = { authTagLength: TAG_BYTES };

/** What a sealed message is longer than its plaintext. */
export const SEAL_BYTES = NONCE_BYTES + TAG_BYTES;

const NO_HEADER = new Uint8Array();

/** Of the message that is being sealed; sealing awaits nothing. */
const nonce = Buffer.alloc(NONCE_BYTES);

/**
 * AES-256-GCM with a random nonce: `nonce | ciphertext | tag`, 28 bytes more than the plaintext, after a header of the
 * caller's that is only put in front.
 */
export const seal = (
  key: Uint8Array,
  plaintext: Uint8Array,
  associatedData: Uint8Array,
  header = NO_HEADER,
): Buffer => {
  const sealed = Buffer.allocUnsafe(header.length + SEAL_BYTES + plaintext.length);
  sealed.set(header);
  fillWithFreshNonce(nonce);
  sealed.set(nonce, header.length);
  const cipher = createCipheriv(ALGORITHM, key, nonce, TAG_OPTIONS);
  cipher.setAAD(associatedData);
  // GCM gives every byte at once; `final` has none left.
  sealed.set(cipher.update(plaintext), header.length + NONCE_BYTES);
  cipher.final();
  sealed.set(cipher.getAuthTag(), sealed.length - TAG_BYTES);
  return sealed;
};

/** The plaintext, in memory of its own, or `null` when key, bytes and associated data do not belong together. */
export const unseal = (key: Uint8Array, sealed: Uint8Array, associatedData: Uint8Array): Buffer | null => {
  if (sealed.length < SEAL_BYTES) return null;
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), TAG_OPTIONS);
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
