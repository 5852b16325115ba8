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
export type {
  ContractKeyPath,
  DataSetKeyPath,
  KeyLevel,
  KeyParent,
  KeyPath,
  RecipientKeyPath,
} from './key-path';
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
