import { describe, expect, it } from '@jest/globals';
import { fillWithFreshNonce } from './nonces';

const freshNonce = (): Buffer => {
  const nonce = Buffer.alloc(12);
  fillWithFreshNonce(nonce);
  return nonce;
};

describe('a fresh nonce', () => {
  it('has 96 bits and was never handed out before', () => {
    const nonces = Array.from({ length: 5000 }, freshNonce);
    // Also no half of one: bytes that stayed as they were would be equal in many.
    for (const [from, to] of [
      [0, 12],
      [0, 6],
      [6, 12],
    ]) {
      const parts = nonces.map((nonce) => nonce.toString('hex', from, to));
      expect(new Set(parts).size).toBe(nonces.length);
    }
  });

  it('is not changed by later ones', () => {
    const nonce = freshNonce();
    const before = nonce.toString('hex');
    for (let count = 0; count < 2000; count += 1) freshNonce();
    expect(nonce.toString('hex')).toBe(before);
    expect(nonce.equals(Buffer.alloc(12))).toBe(false);
  });
});
