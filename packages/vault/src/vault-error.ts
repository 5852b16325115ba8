/**
 * - `key-never-known`: there never was such a key. Either the ids are wrong or the key store lost data; erased data is
 *   answered with a value instead.
 * - `not-authentic`: the ciphertext was changed, or belongs to another field, recipient, data set or contract.
 * - `key-not-authentic`: a wrapped key was changed or moved in the key store, or the master key is not the right one.
 * - `unknown-format`: the bytes do not begin with a format version that this release reads.
 * - `invalid-reference`: an id or a field name is missing or not opaque, or a fence to re-apply has no valid revision.
 * - `master-key-unknown`: a contract key is wrapped by a master key that was given neither as current nor as previous.
 * - `master-key-missing`, `master-key-exposed`, `master-key-malformed`, `master-key-exists`: see `masterKeyFromFile`.
 * - `key-store-contended`: other processes changed the same keys again and again; the call may be repeated.
 * - `key-wiped`: a key was used after it was zeroed. A bug of this package; nothing was encrypted.
 * - `vault-closed`: the vault was closed before the call.
 */
export type VaultErrorCode = (typeof CODES)[number];

const CODES = [
  'key-never-known',
  'not-authentic',
  'key-not-authentic',
  'unknown-format',
  'invalid-reference',
  'master-key-unknown',
  'master-key-missing',
  'master-key-exposed',
  'master-key-malformed',
  'master-key-exists',
  'key-store-contended',
  'key-wiped',
  'vault-closed',
] as const;

/** A fault, or a mistake in using the vault. Messages hold no ids, no plaintext and no key bytes. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  readonly code: VaultErrorCode;

  constructor(code: VaultErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Tests name and code instead of `instanceof`, so that two installed copies of the package agree. */
export const isVaultError = (error: unknown): error is VaultError =>
  typeof error === 'object' &&
  error !== null &&
  'name' in error &&
  error.name === 'VaultError' &&
  'code' in error &&
  CODES.some((code) => code === error.code);
