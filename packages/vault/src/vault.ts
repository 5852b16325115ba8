import type { Encrypted } from './data-set-encryption';
import { DataSetDigests } from './data-set-digests';
import type { Digested, Indexed } from './data-set-digests';
import { KeyCache } from './key-cache';
import { KeyCustody } from './key-custody';
import { KeyErasure } from './key-erasure';
import type { ErasuresReapplied, Fenced, KeysDestroyed } from './key-erasure';
import { KeyRotation } from './key-rotation';
import type { Rotated } from './key-rotation';
import type { Erased, FenceRecord, KeyCounts, KeyStore } from './key-store';
import type { MasterKey } from './master-key';
import { rotateMasterKey } from './master-key-rotation';
import type { Frozen } from './opened-key';
import { OperationsInFlight } from './operations-in-flight';
import type { FieldValue } from './placed-values';
import { contractPathOf, dataSetPathOf, keyPathOf } from './reference';
import type {
  ContractReference,
  DataSetFieldReference,
  DataSetReference,
  FieldReference,
  KeyReference,
  RecipientReference,
} from './reference';
import { ValueEncryption } from './value-encryption';
import type { Decrypted } from './value-encryption';
import { VaultError } from './vault-error';

export interface VaultOptions {
  readonly keyStore: KeyStore;
  readonly masterKey: MasterKey;
  /** Master keys under which contract keys may still be wrapped, until `rotateMasterKey` has run. */
  readonly previousMasterKeys?: readonly MasterKey[];
  /** The present as an ISO 8601 instant in UTC. */
  readonly clock: () => string;
  /**
   * Called for every erasure when its fence is written and before any key is destroyed, also when it is repeated: to put
   * it on record where no restore takes it back. While it rejects nothing is destroyed, and the erasure fails with it.
   */
  readonly onFenced?: (fence: FenceRecord) => Promise<void>;
  /** Unwrapped keys to keep in memory at most; 10,000 if not given. Each takes about half a kilobyte. */
  readonly cachedKeysMax?: number;
}

/** What is known of a key. `never-known` and `erased` are different facts, never one "not found". */
export type VaultKeyState =
  { readonly state: 'never-known' } | { readonly state: 'active'; readonly frozenAt: string | null } | Erased;

/**
 * Encrypts personal data so that it can be erased for certain: whatever becomes of copies of the ciphertext, without
 * the key they are noise. What is erased is answered with a value, `{ state: 'erased' }`; faults are thrown as
 * {@link VaultError} or `KeyStoreError`. Every operation may be repeated.
 *
 * Ids must be opaque. Byte arrays that are handed in must not change until the promise settles.
 */
export interface Vault {
  /**
   * Encrypts one value under its recipient's key, creating keys that were never known. Whoever stores the ciphertext
   * after the contract was fenced stores noise: it is answered `erased` when the fence was written before the answer,
   * and is unreadable in any case once the keys are destroyed.
   */
  encrypt(reference: FieldReference, plaintext: Uint8Array): Promise<Encrypted | Erased | Frozen>;

  /** As `encrypt`, for imports: one answer per value, in order; keys are created in one transaction per data set. */
  encryptMany(values: readonly FieldValue[]): Promise<readonly (Encrypted | Erased | Frozen)[]>;

  /**
   * @throws VaultError `key-never-known`, `not-authentic` (changed, or from elsewhere), `unknown-format`.
   */
  decrypt(reference: FieldReference, ciphertext: Uint8Array): Promise<Decrypted | Erased>;

  /** Creates the keys of a data set where they were never known. Digests need them; `encrypt` does it by itself. */
  openDataSet(reference: DataSetReference): Promise<{ readonly state: 'active' } | Erased | Frozen>;

  /**
   * A keyed index of one field, to look recipients up by address without storing the address: HMAC-SHA-256 under a
   * sub-key of the data set's key. Equal bytes have equal indexes within one data set and field, nowhere else. Bring
   * values to one form first (`anna@example.com`, `+48600700800`): other bytes are another index.
   *
   * @throws VaultError `key-never-known`: looking up creates no keys.
   */
  blindIndex(reference: DataSetFieldReference, values: readonly Uint8Array[]): Promise<Indexed | Erased>;

  /**
   * A keyed digest over a list in its order, for the history: it proves which data was entrusted while the key lives,
   * and says nothing once it is destroyed.
   *
   * @throws VaultError `key-never-known`.
   */
  manifestDigest(
    reference: DataSetReference,
    entries: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): Promise<Digested | Erased>;

  /** The state of a contract's, data set's or recipient's key. */
  keyState(reference: KeyReference): Promise<VaultKeyState>;

  /** Keys that still exist, to be recorded before they are destroyed. */
  countKeys(reference: KeyReference): Promise<KeyCounts>;

  /** The end of service: no more encryption and no new keys under the contract; decryption goes on. Not a fence. */
  freeze(contractId: string): Promise<{ readonly frozenAt: string }>;

  /**
   * Erases a contract, first half: from now on everything under it answers `erased`, in every process on this key
   * store, for ever. The keys still exist until they are destroyed.
   */
  fence(contractId: string): Promise<Fenced>;

  /**
   * Second half: destroys the contract's key and all keys beneath, and drops them from this process's memory. Repeated,
   * also after a crash, it gives the facts of the first time.
   *
   * @throws KeyStoreError `not-fenced` when `fence` was not called before.
   */
  destroyContractKeys(contractId: string): Promise<KeysDestroyed>;

  /** Both halves at once for one recipient, while the contract goes on. */
  eraseRecipient(reference: RecipientReference): Promise<KeysDestroyed>;

  /** Both halves at once for one data set, while the contract goes on. */
  eraseDataSet(reference: DataSetReference): Promise<KeysDestroyed>;

  /** All fences of the key store, in their order, to be kept where no restore of the key store takes them back. */
  fences(): AsyncIterable<FenceRecord>;

  /**
   * After the key store was restored from a backup, before anything is served: writes the fences again and destroys what
   * the restore brought back.
   */
  reapplyErasures(fences: readonly FenceRecord[]): Promise<ErasuresReapplied>;

  /**
   * Drops cached keys that another process erased, and tells how many. They are never used in any case; this is for
   * processes that are idle, so that the bytes leave their memory too.
   */
  evictErasedKeys(): Promise<number>;

  /** Gives the contract's key a new version and wraps its data sets' keys with it. Values are not touched. */
  rotateContractKey(reference: ContractReference): Promise<Rotated | Erased>;

  /** Gives the data set's key a new version and wraps its recipients' keys with it. Values and digests stay valid. */
  rotateDataSetKey(reference: DataSetReference): Promise<Rotated | Erased>;

  /** Wraps all contract keys with the current master key; afterwards the previous ones are no longer needed. */
  rotateMasterKey(): Promise<Rotated>;

  /** Zeroes the keys in memory and refuses further calls. The key store belongs to the caller and stays open. */
  close(): void;
}

const CACHED_KEYS_MAX = 10_000;
const MASTER_KEY_ID = /^[\x21-\x7e]{1,255}$/;

export const createVault = (options: VaultOptions): Vault => {
  const { keyStore, masterKey, previousMasterKeys = [], clock, cachedKeysMax = CACHED_KEYS_MAX } = options;
  const { onFenced = () => Promise.resolve() } = options;
  const masterKeys = masterKeysById([masterKey, ...previousMasterKeys]);
  const cache = new KeyCache(cachedKeysMax);
  const operations = new OperationsInFlight();
  const custody = new KeyCustody({ keyStore, masterKey, masterKeys, cache });
  const values = new ValueEncryption(custody, operations);
  const digests = new DataSetDigests(custody, operations);
  const erasure = new KeyErasure({ keyStore, cache, operations, clock, onFenced });
  const rotation = new KeyRotation(custody);
  let isClosed = false;

  /** Errors of every kind arrive as rejections, never as exceptions of the call itself. */
  const whileOpen = <T>(work: () => Promise<T>): Promise<T> =>
    new Promise((resolve) => {
      if (isClosed) throw new VaultError('vault-closed', 'the vault is closed');
      resolve(work());
    });

  return {
    encrypt: (reference, plaintext) => whileOpen(() => values.encrypt(reference, plaintext)),
    encryptMany: (all) => whileOpen(() => values.encryptMany(all)),
    decrypt: (reference, ciphertext) => whileOpen(() => values.decrypt(reference, ciphertext)),
    openDataSet: (reference) => whileOpen(() => digests.open(reference)),
    blindIndex: (reference, all) => whileOpen(() => digests.blindIndexes(reference, all)),
    manifestDigest: (reference, entries) => whileOpen(() => digests.manifestDigest(reference, entries)),
    keyState: (reference) => whileOpen(() => keyStateOf(keyStore, reference)),
    countKeys: (reference) => whileOpen(() => erasure.countKeys(reference)),
    freeze: (contractId) => whileOpen(() => erasure.freeze(contractId)),
    fence: (contractId) => whileOpen(() => erasure.fence(contractId)),
    destroyContractKeys: (contractId) => whileOpen(() => erasure.destroyContractKeys(contractId)),
    eraseRecipient: (reference) => whileOpen(() => erasure.eraseRecipient(reference)),
    eraseDataSet: (reference) => whileOpen(() => erasure.eraseDataSet(reference)),
    fences: () => erasure.fences(),
    reapplyErasures: (fences) => whileOpen(() => erasure.reapplyErasures(fences)),
    evictErasedKeys: () => whileOpen(() => erasure.evictErasedKeys()),
    rotateContractKey: (reference) => whileOpen(() => rotation.rotate(contractPathOf(reference))),
    rotateDataSetKey: (reference) => whileOpen(() => rotation.rotate(dataSetPathOf(reference))),
    rotateMasterKey: () => whileOpen(() => rotateMasterKey(custody)),
    close: () => {
      isClosed = true;
      cache.close();
    },
  };
};

const keyStateOf = async (keyStore: KeyStore, reference: KeyReference): Promise<VaultKeyState> => {
  const reading = await keyStore.read(keyPathOf(reference));
  return reading.state === 'active' ? { state: 'active', frozenAt: reading.frozenAt } : reading;
};

const masterKeysById = (masterKeys: readonly MasterKey[]): ReadonlyMap<string, MasterKey> => {
  if (!masterKeys.every(({ keyId }) => MASTER_KEY_ID.test(keyId))) {
    throw new VaultError(
      'master-key-malformed',
      'a master key id must be 1 to 255 printable ASCII characters',
    );
  }
  // The current one wins when a previous one has the same id.
  return new Map(masterKeys.toReversed().map((masterKey) => [masterKey.keyId, masterKey]));
};
