import { randomFillSync } from 'node:crypto';

export const NONCE_BYTES = 12;
const NONCES_PER_FILL = 512;

const pool = Buffer.alloc(NONCE_BYTES * NONCES_PER_FILL);
let offset = pool.length;

/**
 * Makes the given 12 bytes a fresh random 96-bit nonce (NIST SP 800-38D, 8.2.2). Drawn in bulk, because asking the system
 * for twelve bytes costs more than encrypting a short value; each is handed out once and overwritten.
 */
export const fillWithFreshNonce = (nonce: Uint8Array): void => {
  if (offset === pool.length) {
    randomFillSync(pool);
    offset = 0;
  }
  for (let index = 0; index < NONCE_BYTES; index += 1) {
    nonce[index] = pool[offset + index] ?? 0;
    pool[offset + index] = 0;
  }
  offset += NONCE_BYTES;
};
