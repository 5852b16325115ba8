import type { KeyParent, KeyPath } from './key-path';

/**
 * Where wrapped keys, fences and freezes live. Keep it apart from the data it protects, and apart from that data's
 * backups: a key that is restored together with its data has not been destroyed.
 *
 * A store sees wrapped bytes only; it can decrypt nothing. Every operation
 * - is atomic and durable when its promise resolves, and is seen at once by every other handle on the same store;
 * - may be repeated: the repetition changes nothing and gives the answer of the first time;
 * - refuses a path that is no path of opaque ids with {@link KeyStoreError} `invalid-key-path` (use `assertKeyPath`);
 * - rejects with `store-closed` after {@link KeyStore.close}.
 *
 * Times are given by the caller: ISO 8601 instants in UTC, kept as they are.
 *
 * `keyStoreConformance` in `@mandate/vault/testing` states all of this as tests.
 */
export interface KeyStore {
  /** The state of one key, with the wrapped keys of its whole chain, as one consistent snapshot. */
  read(path: KeyPath): Promise<KeyReading>;

  /**
   * Grows whenever the answer for any key may have become narrower: with every new fence (also a re-applied one) and
   * every new freeze. Nothing else moves it. A caller that read a key at revision r may go on using it for as long as
   * this still answers r. It is read before every use of a cached key, so keep it cheap.
   */
  revision(): Promise<number>;

  /**
   * Creates each key that was never known; all of them in one transaction, in the order given, so that a parent may
   * precede its children. One answer per key, in the same order; one refused key does not hold up the others.
   * Of two racing creators one is told `created`, the other `known` with the key of the first.
   *
   * A created key begins at generation 1. Lists of 10,000 keys and more are ordinary (imports).
   *
   * When several refusals apply, the first of this order is given:
   * `erased`, `known`, `frozen`, `parent-never-known`, `parent-changed`.
   */
  create(keys: readonly NewKey[]): Promise<readonly CreateOutcome[]>;

  /**
   * Replaces wrapped bytes under compare-and-set on the generation, all in one transaction, one answer per key in the
   * same order. A replaced key moves to the next generation. This is how keys are rotated; a freeze does not hinder it.
   *
   * A repetition with the same bytes and the same `expectedGeneration` is answered `replaced` again.
   */
  replace(replacements: readonly KeyReplacement[]): Promise<readonly ReplaceOutcome[]>;

  /**
   * Erasure, first half: from now on the key and everything beneath it is `erased`, whether it existed or not, and
   * nothing can ever be created there again. There is no operation that takes a fence back.
   *
   * Revisions start at 1 and grow by one with each new fence. A path that has its own fence keeps it: the second call
   * returns the revision and time of the first. A path beneath a fence may be fenced on its own as well.
   */
  fence(path: KeyPath, at: string): Promise<Fence>;

  /**
   * Erasure, second half: removes the wrapped bytes of the key and of everything beneath, so that they are no longer in
   * the store's files when the promise resolves (not in free pages, not in a write-ahead log).
   *
   * The count is recorded with the fence in the same transaction; a repetition returns the recorded facts, so that a
   * crash between erasing and recording the result elsewhere loses nothing. Keys destroyed earlier by a narrower
   * `destroy` were counted then, and are not counted again.
   *
   * @throws KeyStoreError `not-fenced` when this very path has no fence of its own.
   */
  destroy(path: KeyPath, at: string): Promise<KeyDestruction>;

  /** Keys whose wrapped bytes the store still holds, at the path and beneath, fenced or not. What `destroy` would remove. */
  countKeys(path: KeyPath): Promise<KeyCounts>;

  /**
   * The keys one level below `parent` that are not erased, ordered by id (by UTF-16 code units, which for ids equals
   * byte order). `after` is the id of the last key of the page before, `null` for the first page; `next` is `null` when
   * nothing is left. `limit` is at least 1.
   */
  listKeys(parent: KeyParent, page: PageRequest): Promise<KeyPage>;

  /**
   * Every fence, in the order in which this store got to know them, to be carried over to a store that was restored from
   * an older backup. `after` and `next` are the store's own cursors.
   */
  listFences(page: PageRequest): Promise<FencePage>;

  /**
   * After a restore, before serving: writes fences of before again, with their own revisions and times. A path that is
   * fenced already keeps the fence it has. New fences get revisions above all re-applied ones. All in one transaction.
   * What lies beneath must then be destroyed again. Returns how many fences were new to this store.
   */
  reapplyFences(fences: readonly FenceRecord[]): Promise<number>;

  /**
   * No new key under this contract and no further encryption, whether it is known or not; reading goes on, so that data
   * can still be returned. It is not a fence and it is not taken back. A second call returns the time of the first.
   */
  freeze(contractId: string, at: string): Promise<Freeze>;

  /** Releases what the store holds open. Closing twice is closing once. */
  close(): Promise<void>;
}

/** A key as the store holds it: bytes it cannot read, and the number of times they were written. */
export interface StoredKey {
  readonly path: KeyPath;
  readonly wrapped: Uint8Array;
  /** 1 when created, one more with every replacement. */
  readonly generation: number;
}

/** What the first fence that covered a key made of it. Once given, a store that serves never changes this answer. */
export interface Erased {
  readonly state: 'erased';
  /** The instant of the fence, ISO 8601 in UTC. */
  readonly erasedAt: string;
  /**
   * Of all fences on the path and above it, the smallest revision. Re-applied fences may share a revision with one of
   * this store; then the one nearest to the contract decides.
   */
  readonly fenceRevision: number;
}

/**
 * The three answers. `never-known` says that nothing was ever there (a fault of the caller, or a lost store); `erased`
 * is a fact about the past. A key that never existed beneath a fence is `erased`.
 */
export type KeyReading =
  | { readonly state: 'never-known' }
  | {
      readonly state: 'active';
      /** The contract's key first, the key that was asked for last. */
      readonly chain: readonly StoredKey[];
      /** When the contract was frozen, ISO 8601 in UTC; `null` when it was not. */
      readonly frozenAt: string | null;
    }
  | Erased;

export interface NewKey {
  readonly path: KeyPath;
  readonly wrapped: Uint8Array;
  /**
   * The generation of the parent key under which `wrapped` was made; 0 for a contract key, which has no parent here.
   * Without this comparison a key made during a rotation of its parent could be left under a wrapping key that is gone.
   */
  readonly parentGeneration: number;
}

export type CreateOutcome =
  | { readonly outcome: 'created'; readonly key: StoredKey }
  | { readonly outcome: 'known'; readonly key: StoredKey }
  | { readonly outcome: 'erased'; readonly erased: Erased }
  | { readonly outcome: 'frozen'; readonly frozenAt: string }
  | { readonly outcome: 'parent-never-known' }
  | { readonly outcome: 'parent-changed' };

export interface KeyReplacement {
  readonly path: KeyPath;
  readonly wrapped: Uint8Array;
  readonly expectedGeneration: number;
}

export type ReplaceOutcome =
  | { readonly outcome: 'replaced'; readonly generation: number }
  | { readonly outcome: 'generation-changed'; readonly generation: number }
  | { readonly outcome: 'erased'; readonly erased: Erased }
  | { readonly outcome: 'never-known' };

/** What must survive a restore of the key store: the path, the revision it was given and its time. No personal data. */
export interface FenceRecord {
  readonly path: KeyPath;
  readonly fenceRevision: number;
  readonly fencedAt: string;
}

export interface Fence extends FenceRecord {
  /** `null` until the keys were destroyed. */
  readonly destruction: { readonly destroyedAt: string; readonly keysDestroyed: KeyCounts } | null;
}

export interface KeyDestruction {
  readonly path: KeyPath;
  readonly fenceRevision: number;
  readonly destroyedAt: string;
  readonly keysDestroyed: KeyCounts;
}

export interface KeyCounts {
  readonly contracts: number;
  readonly dataSets: number;
  readonly recipients: number;
}

export interface Freeze {
  readonly contractId: string;
  readonly frozenAt: string;
}

export interface PageRequest {
  readonly after: string | null;
  readonly limit: number;
}

export interface KeyPage {
  readonly keys: readonly StoredKey[];
  readonly next: string | null;
}

export interface FencePage {
  readonly fences: readonly Fence[];
  readonly next: string | null;
}
