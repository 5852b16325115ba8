import { assertKeyParent, assertKeyPath, formatKeyPath, parentOf, pathsFromContract } from './key-path';
import type { KeyParent, KeyPath } from './key-path';
import { KeyStoreError } from './key-store-error';
import { KeyTree } from './key-tree';
import type {
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
  NewKey,
  PageRequest,
  ReplaceOutcome,
  StoredKey,
} from './key-store';

/**
 * The contents of an in-memory key store, apart from the handles that share it, as a file is apart from the connections
 * to it. Synchronous, so every method is atomic.
 */
export class KeyMemory {
  readonly #tree = new KeyTree();
  readonly #fences = new Map<string, Fence>();
  readonly #freezes = new Map<string, Freeze>();
  #lastFenceRevision = 0;
  #revision = 0;

  get revision(): number {
    return this.#revision;
  }

  read(path: KeyPath): KeyReading {
    assertKeyPath(path);
    const erased = this.#erasureOf(path);
    if (erased !== null) return erased;
    if (this.#tree.get(path) === undefined) return { state: 'never-known' };
    return {
      state: 'active',
      chain: pathsFromContract(path).map((step) => copyOf(this.#keyOnChain(step))),
      frozenAt: this.#freezes.get(path[0])?.frozenAt ?? null,
    };
  }

  create(keys: readonly NewKey[]): readonly CreateOutcome[] {
    keys.forEach(({ path }) => {
      assertKeyPath(path);
    });
    return keys.map((key) => this.#createOne(key));
  }

  #createOne({ path, wrapped, parentGeneration }: NewKey): CreateOutcome {
    const erased = this.#erasureOf(path);
    if (erased !== null) return { outcome: 'erased', erased };
    const known = this.#tree.get(path);
    if (known !== undefined) return { outcome: 'known', key: copyOf(known) };
    const freeze = this.#freezes.get(path[0]);
    if (freeze !== undefined) return { outcome: 'frozen', frozenAt: freeze.frozenAt };
    const generation = this.#generationOf(parentOf(path));
    if (generation === undefined) return { outcome: 'parent-never-known' };
    if (generation !== parentGeneration) return { outcome: 'parent-changed' };
    const key: StoredKey = copyOf({ path, wrapped, generation: 1 });
    this.#tree.set(key);
    return { outcome: 'created', key: copyOf(key) };
  }

  /** 0 for what lies above a contract key: the master key, which is not in here. */
  #generationOf(parent: KeyPath | null): number | undefined {
    return parent === null ? 0 : this.#tree.get(parent)?.generation;
  }

  replace(replacements: readonly KeyReplacement[]): readonly ReplaceOutcome[] {
    replacements.forEach(({ path }) => {
      assertKeyPath(path);
    });
    return replacements.map((replacement) => this.#replaceOne(replacement));
  }

  #replaceOne({ path, wrapped, expectedGeneration }: KeyReplacement): ReplaceOutcome {
    const erased = this.#erasureOf(path);
    if (erased !== null) return { outcome: 'erased', erased };
    const known = this.#tree.get(path);
    if (known === undefined) return { outcome: 'never-known' };
    const { generation } = known;
    if (generation === expectedGeneration + 1 && Buffer.compare(known.wrapped, wrapped) === 0) {
      return { outcome: 'replaced', generation };
    }
    if (generation !== expectedGeneration) return { outcome: 'generation-changed', generation };
    known.wrapped.fill(0);
    this.#tree.set(copyOf({ path, wrapped, generation: generation + 1 }));
    return { outcome: 'replaced', generation: generation + 1 };
  }

  fence(path: KeyPath, at: string): Fence {
    assertKeyPath(path);
    const known = this.#fences.get(formatKeyPath(path));
    if (known !== undefined) return known;
    return this.#writeFence({ path, fenceRevision: this.#lastFenceRevision + 1, fencedAt: at });
  }

  reapplyFences(fences: readonly FenceRecord[]): number {
    fences.forEach(({ path }) => {
      assertKeyPath(path);
    });
    const added = fences.filter(({ path, fenceRevision, fencedAt }) => {
      if (this.#fences.has(formatKeyPath(path))) return false;
      this.#writeFence({ path, fenceRevision, fencedAt });
      return true;
    });
    return added.length;
  }

  #writeFence({ path, fenceRevision, fencedAt }: FenceRecord): Fence {
    const fence: Fence = { path: [...path] as KeyPath, fenceRevision, fencedAt, destruction: null };
    this.#fences.set(formatKeyPath(path), fence);
    this.#lastFenceRevision = Math.max(this.#lastFenceRevision, fenceRevision);
    this.#revision += 1;
    return fence;
  }

  destroy(path: KeyPath, at: string): KeyDestruction {
    assertKeyPath(path);
    const fence = this.#fences.get(formatKeyPath(path));
    if (fence === undefined) {
      throw new KeyStoreError(
        'not-fenced',
        'keys are destroyed only after a fence was written for the same path',
      );
    }
    const { destroyedAt, keysDestroyed } = fence.destruction ?? this.#destroyNow(fence, at);
    return { path: fence.path, fenceRevision: fence.fenceRevision, destroyedAt, keysDestroyed };
  }

  #destroyNow(fence: Fence, destroyedAt: string): NonNullable<Fence['destruction']> {
    const destruction = { destroyedAt, keysDestroyed: this.#tree.remove(fence.path) };
    // Setting a key that a Map has keeps its place, so the fences stay in their order.
    this.#fences.set(formatKeyPath(fence.path), { ...fence, destruction });
    return destruction;
  }

  countKeys(path: KeyPath): KeyCounts {
    assertKeyPath(path);
    return this.#tree.count(path);
  }

  listKeys(parent: KeyParent, { after, limit }: PageRequest): KeyPage {
    assertKeyParent(parent);
    const children = this.#tree
      .childrenOf(parent)
      .filter(({ path }) => after === null || lastId(path) > after)
      .filter(({ path }) => this.#erasureOf(path) === null);
    const keys = children.slice(0, limit).map(copyOf);
    const last = keys.at(-1);
    return { keys, next: last === undefined || children.length <= limit ? null : lastId(last.path) };
  }

  listFences({ after, limit }: PageRequest): FencePage {
    const start = after === null ? 0 : Number(after);
    const end = start + limit;
    const fences = [...this.#fences.values()];
    return { fences: fences.slice(start, end), next: end < fences.length ? String(end) : null };
  }

  freeze(contractId: string, at: string): Freeze {
    assertKeyPath([contractId]);
    const known = this.#freezes.get(contractId);
    if (known !== undefined) return known;
    const freeze: Freeze = { contractId, frozenAt: at };
    this.#freezes.set(contractId, freeze);
    this.#revision += 1;
    return freeze;
  }

  /** A copy of every stored byte string, for tests that look for what should be gone. */
  storedBytes(): readonly Uint8Array[] {
    return this.#tree.all().map(({ wrapped }) => wrapped.slice());
  }

  #keyOnChain(path: KeyPath): StoredKey {
    const key = this.#tree.get(path);
    if (key === undefined) throw new KeyStoreError('corrupt', 'a key is stored whose wrapping key is not');
    return key;
  }

  /** The first fence that covered the path: it decides the answer, so that the answer never changes afterwards. */
  #erasureOf(path: KeyPath): Erased | null {
    const [first] = pathsFromContract(path)
      .map((step) => this.#fences.get(formatKeyPath(step)))
      .filter((fence) => fence !== undefined)
      .sort((one, other) => one.fenceRevision - other.fenceRevision);
    return first === undefined
      ? null
      : { state: 'erased', erasedAt: first.fencedAt, fenceRevision: first.fenceRevision };
  }
}

const lastId = (path: KeyPath): string => path.at(-1) ?? '';

const copyOf = ({ path, wrapped, generation }: StoredKey): StoredKey => ({
  path: [...path] as KeyPath,
  wrapped: Uint8Array.from(wrapped),
  generation,
});
