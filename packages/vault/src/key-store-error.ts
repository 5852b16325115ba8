/**
 * - `invalid-key-path`: a path holds something that is not an opaque id, or too many or too few ids.
 * - `not-fenced`: `destroy` was called for a path on which no fence was written first.
 * - `store-closed`: the store was closed before the call.
 * - `unavailable`: the store could not be reached or could not commit; every operation may be repeated as it was.
 * - `corrupt`: what the store holds contradicts itself; nothing was changed.
 */
export type KeyStoreErrorCode =
  'invalid-key-path' | 'not-fenced' | 'store-closed' | 'unavailable' | 'corrupt';

const CODES: readonly string[] = [
  'invalid-key-path',
  'not-fenced',
  'store-closed',
  'unavailable',
  'corrupt',
] satisfies readonly KeyStoreErrorCode[];

/** A fault of a key store, or a mistake in using it. Messages hold no ids and no key bytes. */
export class KeyStoreError extends Error {
  override readonly name = 'KeyStoreError';
  readonly code: KeyStoreErrorCode;

  constructor(code: KeyStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Tests name and code instead of `instanceof`, so that two installed copies of the package agree. */
export const isKeyStoreError = (error: unknown): error is KeyStoreError =>
  typeof error === 'object' &&
  error !== null &&
  'name' in error &&
  error.name === 'KeyStoreError' &&
  'code' in error &&
  typeof error.code === 'string' &&
  CODES.includes(error.code);
