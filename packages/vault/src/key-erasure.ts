import type { KeyCache } from './key-cache';
import type { KeyPath } from './key-path';
import type { FenceRecord, KeyCounts, KeyStore } from './key-store';
import type { OperationsInFlight } from './operations-in-flight';
import { contractPathOf, dataSetPathOf, keyPathOf, recipientPathOf } from './reference';
import type { DataSetReference, KeyReference, RecipientReference } from './reference';
import { VaultError } from './vault-error';

export interface Fenced {
  readonly fenceRevision: number;
  /** ISO 8601, UTC. */
  readonly fencedAt: string;
}

/** What a certificate may say. The same whenever it is asked for again. */
export interface KeysDestroyed {
  readonly keysDestroyed: number;
  readonly keysDestroyedByLevel: KeyCounts;
  readonly fenceRevision: number;
  /** ISO 8601, UTC. */
  readonly destroyedAt: string;
}

export interface ErasuresReapplied {
  /** Fences that the restored key store had lost. */
  readonly fencesAdded: number;
  /** Keys destroyed beneath these fences since the restore. The same when asked again. */
  readonly keysDestroyed: number;
}

export interface KeyErasureParts {
  readonly keyStore: KeyStore;
  readonly cache: KeyCache;
  readonly operations: OperationsInFlight;
  readonly clock: () => string;
  readonly onFenced: (fence: FenceRecord) => Promise<void>;
}

const FENCES_PER_PAGE = 1000;

/** First the fence, then the destruction, then the caches: in this order a crash leaves nothing usable behind. */
export class KeyErasure {
  readonly #keyStore: KeyStore;
  readonly #cache: KeyCache;
  readonly #operations: OperationsInFlight;
  readonly #clock: () => string;
  readonly #onFenced: (fence: FenceRecord) => Promise<void>;

  constructor({ keyStore, cache, operations, clock, onFenced }: KeyErasureParts) {
    this.#keyStore = keyStore;
    this.#cache = cache;
    this.#operations = operations;
    this.#clock = clock;
    this.#onFenced = onFenced;
  }

  async freeze(contractId: string): Promise<{ readonly frozenAt: string }> {
    const [id] = contractPathOf({ contractId });
    const { frozenAt } = await this.#keyStore.freeze(id, this.#clock());
    return { frozenAt };
  }

  fence(contractId: string): Promise<Fenced> {
    return this.#fence(contractPathOf({ contractId }));
  }

  destroyContractKeys(contractId: string): Promise<KeysDestroyed> {
    return this.#destroy(contractPathOf({ contractId }));
  }

  /** Apart from `eraseDataSet`, so that a lost recipient id never erases a whole data set. */
  eraseRecipient(reference: RecipientReference): Promise<KeysDestroyed> {
    return this.#fenceAndDestroy(recipientPathOf(reference));
  }

  eraseDataSet(reference: DataSetReference): Promise<KeysDestroyed> {
    return this.#fenceAndDestroy(dataSetPathOf(reference));
  }

  async #fenceAndDestroy(path: KeyPath): Promise<KeysDestroyed> {
    await this.#fence(path);
    return this.#destroy(path);
  }

  countKeys(reference: KeyReference): Promise<KeyCounts> {
    return this.#keyStore.countKeys(keyPathOf(reference));
  }

  async *fences(): AsyncGenerator<FenceRecord, void, undefined> {
    let after: string | null = null;
    do {
      const page = await this.#keyStore.listFences({ after, limit: FENCES_PER_PAGE });
      for (const { path, fenceRevision, fencedAt } of page.fences) yield { path, fenceRevision, fencedAt };
      after = page.next;
    } while (after !== null);
  }

  async reapplyErasures(fences: readonly FenceRecord[]): Promise<ErasuresReapplied> {
    if (!fences.every(({ fenceRevision }) => Number.isSafeInteger(fenceRevision) && fenceRevision >= 1)) {
      throw new VaultError(
        'invalid-reference',
        'a fence has a revision of 1 or more; found another one, nothing was done',
      );
    }
    const fencesAdded = await this.#keyStore.reapplyFences(fences);
    let keysDestroyed = 0;
    for (const { path } of fences) {
      this.#forget(path);
      keysDestroyed += (await this.#destroy(path)).keysDestroyed;
    }
    return { fencesAdded, keysDestroyed };
  }

  /** Asks about each cached key and drops those that another process erased. Returns how many there were. */
  async evictErasedKeys(): Promise<number> {
    let evicted = 0;
    for (const path of this.#cache.paths()) {
      const { state } = await this.#keyStore.read(path);
      if (state === 'active') continue;
      this.#cache.evictCoveredBy(path);
      evicted += 1;
    }
    return evicted;
  }

  async #fence(path: KeyPath): Promise<Fenced> {
    const { fenceRevision, fencedAt } = await this.#keyStore.fence(path, this.#clock());
    this.#forget(path);
    await this.#onFenced({ path, fenceRevision, fencedAt });
    return { fenceRevision, fencedAt };
  }

  async #destroy(path: KeyPath): Promise<KeysDestroyed> {
    const { fenceRevision, destroyedAt, keysDestroyed } = await this.#keyStore.destroy(path, this.#clock());
    this.#forget(path);
    const { contracts, dataSets, recipients } = keysDestroyed;
    return {
      keysDestroyed: contracts + dataSets + recipients,
      keysDestroyedByLevel: keysDestroyed,
      fenceRevision,
      destroyedAt,
    };
  }

  #forget(path: KeyPath): void {
    this.#operations.markFenced(path);
    this.#cache.evictCoveredBy(path);
  }
}
