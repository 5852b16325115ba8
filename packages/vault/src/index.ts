export { createInMemoryKeyStore } from './in-memory-key-store';
export { KeyMemory } from './key-memory';
export {
  assertKeyParent,
  assertKeyPath,
  coversKeyPath,
  formatKeyPath,
  isKeyId,
  keyLevelOf,
  parentOf,
  pathsFromContract,
} from './key-path';
export { isKeyStoreError, KeyStoreError } from './key-store-error';
export { masterKeyFromBytes } from './master-key';
export { createMasterKeyFile, masterKeyFromFile } from './master-key-file';
export { masterKeyFromEnvironment } from './master-key-text';
export { createVault } from './vault';
export { isVaultError, VaultError } from './vault-error';
export type { Encrypted } from './data-set-encryption';
export type { Digested, Indexed } from './data-set-digests';
export type { ErasuresReapplied, Fenced, KeysDestroyed } from './key-erasure';
export type {
  ContractKeyPath,
  DataSetKeyPath,
  KeyLevel,
  KeyParent,
  KeyPath,
  RecipientKeyPath,
} from './key-path';
export type { Rotated } from './key-rotation';
export type {
  CreateOutcome,
  Erased,
  Fence,
  FencePage,
  FenceRecord,
  Freeze,
  KeyCounts,
  KeyDestruction,
  KeyPage,
  KeyReading,
  KeyReplacement,
  KeyStore,
  NewKey,
  PageRequest,
  ReplaceOutcome,
  StoredKey,
} from './key-store';
export type { KeyStoreErrorCode } from './key-store-error';
export type { KeyContext, MasterKey } from './master-key';
export type { Frozen } from './opened-key';
export type {
  ContractReference,
  DataSetFieldReference,
  DataSetReference,
  FieldReference,
  KeyReference,
  RecipientReference,
} from './reference';
export type { FieldValue } from './placed-values';
export type { Decrypted } from './value-encryption';
export type { Vault, VaultKeyState, VaultOptions } from './vault';
export type { VaultErrorCode } from './vault-error';
