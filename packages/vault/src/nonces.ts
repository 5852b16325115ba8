import { randomFillSync } from 'node:crypto';

const NONCE_BYTES = 12;
const NONCES_PER_FILL = 512;

const pool = Buffer.alloc(NONCE_BYTES * NONCES_PER_FILL);
let offset = pool.length;

/**
 * A fresh random 96-bit nonce (NIST SP 800-38D, 8.2.2). Drawn in bulk, because asking the system for twelve bytes costs
 * more than encrypting a short value; each is handed out once and overwritten.
 */
export const freshNonce = (): Buffer => {
  if (offset === pool.length) {
    randomFillSync(pool);
    offset = 0;
  }
  const nonce = Buffer.from(pool.subarray(offset, offset + NONCE_BYTES));
  pool.fill(0, offset, offset + NONCE_BYTES);
  offset += NONCE_BYTES;
  return nonce;
};
