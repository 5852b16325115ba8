import { ContractKeyUnwrapping } from './contract-key-unwrapping';
import type { KeyCache } from './key-cache';
import { keyLevelOf, parentOf } from './key-path';
import type { DataSetKeyPath, KeyPath } from './key-path';
import { KeyRing } from './key-ring';
import type { CreateOutcome, Erased, KeyStore, StoredKey } from './key-store';
import { KeyStoreError } from './key-store-error';
import type { CachedKey } from './keys-by-use';
import { unwrapUnderParent, wrapUnderMaster, wrapUnderParent } from './key-wrapping';
import type { MasterKey } from './master-key';
import { contended, verdictOf } from './opened-key';
import type { Frozen, OpenedKey, Verdict } from './opened-key';
import type { OperationInFlight } from './operations-in-flight';

export interface KeyCustodyParts {
  readonly keyStore: KeyStore;
  readonly masterKey: MasterKey;
  /** By key id: the current one and all previous ones under which a contract key may still be wrapped. */
  readonly masterKeys: ReadonlyMap<string, MasterKey>;
  readonly cache: KeyCache;
}

type Seen = Pick<CachedKey, 'frozenAt' | 'revision'>;

const ATTEMPTS_MAX = 32;

/** Where fences are written all the time, an import must not look for ever; each look is already younger than its work. */
const LOOKS_MAX = 8;

/**
 * Opens keys and creates them. The one place where a cached key meets the key store's fences: a cached key is handed out
 * only when the key store says that no fence and no freeze was written since it was last asked about this very key.
 */
export class KeyCustody {
  readonly keyStore: KeyStore;
  readonly masterKey: MasterKey;
  readonly masterKeys: ReadonlyMap<string, MasterKey>;
  readonly cache: KeyCache;
  readonly #contractKeys: ContractKeyUnwrapping;

  constructor({ keyStore, masterKey, masterKeys, cache }: KeyCustodyParts) {
    this.keyStore = keyStore;
    this.masterKey = masterKey;
    this.masterKeys = masterKeys;
    this.cache = cache;
    this.#contractKeys = new ContractKeyUnwrapping(masterKeys);
  }

  /** `isFresh` leaves out the shortcut by revision, so that rotations, which do not move it, are seen as well. */
  async open(
    path: KeyPath,
    operation: OperationInFlight,
    isFresh = false,
  ): Promise<OpenedKey | Erased | { readonly state: 'never-known' }> {
    // The revision is read before the key: a fence written in between makes the next use ask again.
    const revision = await this.keyStore.revision();
    const cached = this.cache.get(path);
    if (!isFresh && cached?.revision === revision) return openedFrom(cached);
    const reading = await this.keyStore.read(path);
    if (reading.state !== 'active') {
      this.cache.evictCoveredBy(path);
      return reading;
    }
    const { chain, frozenAt } = reading;
    const ring = await this.#unwrapChain(chain, { frozenAt, revision }, operation);
    return { state: 'active', ring, generation: lastOf(chain).generation, frozenAt, revision };
  }

  /**
   * The cached keys themselves, not copies, for a caller who has just read the revision, and is done with them before
   * awaiting anything: until then nobody can zero them.
   */
  lendRecipientKeys(
    dataSet: DataSetKeyPath,
    revision: number,
  ): (recipientId: string) => CachedKey | undefined {
    const cachedKeyOf = this.cache.recipientsIn(dataSet);
    return (recipientId) => {
      const cached = cachedKeyOf(recipientId);
      return cached?.revision === revision ? cached : undefined;
    };
  }

  async openOrCreate(
    path: KeyPath,
    operation: OperationInFlight,
    isFresh = false,
  ): Promise<OpenedKey | Erased | Frozen> {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const isFreshNow = isFresh || attempt > 0;
      const opened = await this.open(path, operation, isFreshNow);
      if (opened.state !== 'never-known') return opened;
      const refusal = await this.#create(path, operation, isFreshNow);
      if (refusal !== null) return refusal;
    }
    throw contended();
  }

  /** The short form of `verdicts`: whether there is nothing to ask about, since no fence and no freeze was written. */
  async isUnchangedSince(revision: number, operation: OperationInFlight): Promise<boolean> {
    return (await this.keyStore.revision()) === revision && !operation.isTouchedByFence;
  }

  /**
   * To be asked after the work and before its result is given away: what became of the keys since `revision`. The last
   * thing it asks is the revision again, so that a fence written while the keys were read is noticed too.
   */
  async verdicts(
    paths: readonly KeyPath[],
    revision: number,
    operation: OperationInFlight,
  ): Promise<readonly Verdict[]> {
    let verdicts: readonly Verdict[] = paths.map(() => null);
    let seen = revision;
    for (let looks = 0; looks < LOOKS_MAX || operation.isTouchedByFence; looks += 1) {
      const current = await this.keyStore.revision();
      if (current === seen && !operation.isTouchedByFence) return verdicts;
      operation.acknowledgeFence();
      seen = current;
      verdicts = (await Promise.all(paths.map((path) => this.keyStore.read(path)))).map(verdictOf);
    }
    return verdicts;
  }

  /** A ring of the caller's own. */
  unwrapContractKey(key: StoredKey): Promise<KeyRing> {
    return this.#contractKeys.unwrap(key);
  }

  /** `null`: look again, the key may exist now, or its parent was changed meanwhile. */
  async #create(
    path: KeyPath,
    operation: OperationInFlight,
    isFresh: boolean,
  ): Promise<Erased | Frozen | null> {
    const parentPath = parentOf(path);
    const ring = KeyRing.create(keyLevelOf(path));
    try {
      return parentPath === null
        ? await this.#createUnderMaster(path, ring)
        : await this.#createUnderParent(path, ring, await this.openOrCreate(parentPath, operation, isFresh));
    } finally {
      ring.wipe();
    }
  }

  async #createUnderMaster(path: KeyPath, ring: KeyRing): Promise<Erased | Frozen | null> {
    const wrapped = await wrapUnderMaster(ring, path, this.masterKey);
    return refusalIn(await this.keyStore.create([{ path, wrapped, parentGeneration: 0 }]));
  }

  async #createUnderParent(
    path: KeyPath,
    ring: KeyRing,
    parent: OpenedKey | Erased | Frozen,
  ): Promise<Erased | Frozen | null> {
    if (parent.state !== 'active') return parent;
    try {
      const wrapped = wrapUnderParent(ring, path, parent.ring);
      return refusalIn(await this.keyStore.create([{ path, wrapped, parentGeneration: parent.generation }]));
    } finally {
      parent.ring.wipe();
    }
  }

  /** Begins at the lowest key of the chain that is in the cache, and keeps what it unwraps. */
  async #unwrapChain(
    chain: readonly StoredKey[],
    seen: Seen,
    operation: OperationInFlight,
  ): Promise<KeyRing> {
    const { path, generation } = lastOf(chain);
    const cached = this.cache.get(path);
    const ring =
      cached?.generation === generation ? cached.ring.copy() : await this.#unwrapLast(chain, seen, operation);
    // A fence of this process may have emptied the cache already; nothing is put back behind its back.
    if (!operation.isTouchedByFence) this.cache.put({ path, ring: ring.copy(), generation, ...seen });
    return ring;
  }

  async #unwrapLast(chain: readonly StoredKey[], seen: Seen, operation: OperationInFlight): Promise<KeyRing> {
    const key = lastOf(chain);
    if (chain.length === 1) return this.unwrapContractKey(key);
    const parent = await this.#unwrapChain(chain.slice(0, -1), seen, operation);
    try {
      return unwrapUnderParent(key, parent);
    } finally {
      parent.wipe();
    }
  }
}

const openedFrom = ({ ring, generation, frozenAt, revision }: CachedKey): OpenedKey => ({
  state: 'active',
  ring: ring.copy(),
  generation,
  frozenAt,
  revision,
});

const refusalIn = ([outcome]: readonly CreateOutcome[]): Erased | Frozen | null => {
  switch (outcome?.outcome) {
    case 'erased':
      return outcome.erased;
    case 'frozen':
      return { state: 'frozen', frozenAt: outcome.frozenAt };
    case 'created':
    case 'known':
    case 'parent-changed':
    case 'parent-never-known':
    case undefined:
      return null;
  }
};

export const lastOf = (chain: readonly StoredKey[]): StoredKey => {
  const key = chain.at(-1);
  if (key === undefined)
    throw new KeyStoreError('corrupt', 'the key store answered with an empty chain of keys');
  return key;
};
