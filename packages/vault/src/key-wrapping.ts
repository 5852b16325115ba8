import { encodeParts } from './associated-data';
import { seal, unseal } from './authenticated-cipher';
import { formatKeyPath, keyLevelOf } from './key-path';
import type { KeyPath } from './key-path';
import type { StoredKey } from './key-store';
import { KeyRing } from './key-ring';
import type { KeyContext, MasterKey } from './master-key';
import { VaultError } from './vault-error';

const FORMAT = 1;
const HEADER_BYTES = 5;

const contextOf = (path: KeyPath): KeyContext => ({ level: keyLevelOf(path), path: formatKeyPath(path) });

/** The header is authenticated too: nobody can point a wrapped key at another version of its parent. */
const associatedDataOf = (path: KeyPath, parentVersion: number): Buffer =>
  encodeParts('mandate.vault.key', FORMAT, [keyLevelOf(path), String(parentVersion), ...path]);

/** `format (1) | version of the wrapping key (4) | sealed ring`. */
export const wrapUnderParent = (ring: KeyRing, path: KeyPath, parent: KeyRing): Uint8Array => {
  const version = parent.wrappingVersion;
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(FORMAT, 0);
  header.writeUInt32BE(version, 1);
  const key = parent.wrappingKey(version) ?? notAuthentic();
  return seal(key, ring.toBytes(), associatedDataOf(path, version), header);
};

/** The version of the parent's wrapping key under which these bytes were made. */
export const parentVersionOf = (wrapped: Uint8Array): number => {
  assertFormat(wrapped);
  return viewOf(wrapped).readUInt32BE(1);
};

/** @throws VaultError `key-not-authentic` when the ring lacks the version, or the bytes do not belong to this path. */
export const unwrapUnderParent = ({ path, wrapped }: StoredKey, parent: KeyRing): KeyRing => {
  const version = parentVersionOf(wrapped);
  const key = parent.wrappingKey(version) ?? notAuthentic();
  const sealed = wrapped.subarray(HEADER_BYTES);
  return KeyRing.fromBytes(unseal(key, sealed, associatedDataOf(path, version)) ?? notAuthentic());
};

/** `format (1) | length of the master key's id (1) | id | what the master key made`. */
export const wrapUnderMaster = async (
  ring: KeyRing,
  path: KeyPath,
  masterKey: MasterKey,
): Promise<Uint8Array> => {
  const keyId = Buffer.from(masterKey.keyId, 'latin1');
  const wrapped = await masterKey.wrap(ring.toBytes(), contextOf(path));
  return Buffer.concat([Buffer.of(FORMAT, keyId.length), keyId, wrapped]);
};

export const masterKeyIdOf = (wrapped: Uint8Array): string => {
  assertFormat(wrapped);
  return viewOf(wrapped).toString('latin1', 2, 2 + (wrapped[1] ?? 0));
};

/** Finds the master key by the id in the wrapped bytes. */
export const unwrapUnderMaster = async (
  { path, wrapped }: StoredKey,
  masterKeys: ReadonlyMap<string, MasterKey>,
): Promise<KeyRing> => {
  const keyId = masterKeyIdOf(wrapped);
  const masterKey = masterKeys.get(keyId);
  if (masterKey === undefined) {
    throw new VaultError(
      'master-key-unknown',
      'a contract key is wrapped by a master key that was not given; pass it in previousMasterKeys',
    );
  }
  const secret = await masterKey.unwrap(wrapped.subarray(2 + keyId.length), contextOf(path));
  const own = Buffer.alloc(secret.length, secret);
  secret.fill(0);
  return KeyRing.fromBytes(own);
};

const assertFormat = (wrapped: Uint8Array): void => {
  if (wrapped[0] === FORMAT && wrapped.length > HEADER_BYTES) return;
  throw new VaultError(
    'unknown-format',
    'a wrapped key begins with a format version that this release does not read',
  );
};

const viewOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const notAuthentic = (): never => {
  throw new VaultError('key-not-authentic', 'a wrapped key was changed or moved in the key store');
};
