import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** The Ed25519 key that a number gives: the same in every run. */
export const nthKey = (number: number): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, number)]),
    format: 'der',
    type: 'pkcs8',
  });

export const publicPemOf = (key: KeyObject): string =>
  createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();

/** Ours, theirs, and somebody's. */
export const [ourKey, theirKey, strangeKey] = [nthKey(1), nthKey(2), nthKey(3)] as const;
