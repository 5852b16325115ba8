import { hkdfSync } from 'node:crypto';
import { encodeParts } from './associated-data';
import { seal, unseal } from './authenticated-cipher';
import type { KeyLevel } from './key-path';
import { VaultError } from './vault-error';

/** What a wrapped key belongs to. Bind it to the wrapping, so that wrapped keys cannot change places. */
export interface KeyContext {
  readonly level: KeyLevel;
  /** The ids of the key's path, joined by `/`. */
  readonly path: string;
}

/**
 * The key above all contract keys. It lives outside the key store: in a key management service (implement this
 * interface with two calls of it and hand `context` over as encryption context), or in a file or variable.
 */
export interface MasterKey {
  /** Tells master keys apart; stored with each contract key. 1 to 255 printable ASCII characters, no secret. */
  readonly keyId: string;
  wrap(key: Uint8Array, context: KeyContext): Promise<Uint8Array>;
  /** Rejects when the bytes were not wrapped by this master key for this context. */
  unwrap(wrapped: Uint8Array, context: KeyContext): Promise<Uint8Array>;
}

const MASTER_KEY_BYTES = 32;
const FORMAT = 1;

/**
 * A master key from 32 bytes of your own secret storage; AES-256-GCM. The bytes are copied. The key id is derived from
 * them, so a wrong key is noticed by its id.
 *
 * @throws VaultError `master-key-malformed` when there are not 32 bytes, or all of them are equal.
 */
export const masterKeyFromBytes = (bytes: Uint8Array): MasterKey => {
  if (bytes.length !== MASTER_KEY_BYTES) {
    throw malformed(`a master key has ${MASTER_KEY_BYTES} bytes; found ${bytes.length}`);
  }
  if (bytes.every((byte) => byte === bytes[0])) {
    throw malformed('a master key must be random; found 32 equal bytes');
  }
  const key = Buffer.alloc(MASTER_KEY_BYTES, bytes);
  return {
    keyId: `local-${fingerprintOf(key)}`,
    wrap: (secret, context) => promised(() => seal(key, secret, associatedDataOf(context))),
    unwrap: (wrapped, context) =>
      promised(() => unseal(key, wrapped, associatedDataOf(context)) ?? notAuthentic()),
  };
};

const fingerprintOf = (key: Uint8Array): string =>
  Buffer.from(hkdfSync('sha256', key, '', 'mandate.vault.master-key-id', 8)).toString('hex');

const associatedDataOf = ({ level, path }: KeyContext): Buffer =>
  encodeParts('mandate.vault.master-key', FORMAT, [level, path]);

const malformed = (message: string): VaultError => new VaultError('master-key-malformed', message);

const notAuthentic = (): never => {
  throw new VaultError(
    'key-not-authentic',
    'a contract key was not wrapped by this master key for this contract',
  );
};

const promised = <T>(work: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(work());
  });
