import { describe, expect, it } from '@jest/globals';
import { freshNonce } from './nonces';

describe('a fresh nonce', () => {
  it('has 96 bits and was never handed out before', () => {
    const nonces = Array.from({ length: 5000 }, () => freshNonce());
    expect(nonces.every(({ length }) => length === 12)).toBe(true);
    expect(new Set(nonces.map((nonce) => nonce.toString('hex'))).size).toBe(nonces.length);
  });

  it('is not changed by later ones', () => {
    const nonce = freshNonce();
    const before = nonce.toString('hex');
    for (let count = 0; count < 2000; count += 1) freshNonce();
    expect(nonce.toString('hex')).toBe(before);
    expect(nonce.equals(Buffer.alloc(12))).toBe(false);
  });
});
