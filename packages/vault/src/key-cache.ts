import { coversKeyPath, formatKeyPath } from './key-path';
import type { KeyPath } from './key-path';
import type { KeyRing } from './key-ring';

/** An unwrapped key with what was known when the key store was last asked about it. */
export interface CachedKey {
  readonly path: KeyPath;
  readonly ring: KeyRing;
  readonly generation: number;
  readonly frozenAt: string | null;
  /** The key store's revision before it was asked: while it stays the same, the key is neither erased nor frozen since. */
  readonly revision: number;
}

/** Unwrapped keys, at most `maxKeys` of them; the one not used for longest goes first. A key that leaves is zeroed. */
export class KeyCache {
  readonly #keys = new Map<string, CachedKey>();
  #maxKeys: number;

  constructor(maxKeys: number) {
    this.#maxKeys = maxKeys;
  }

  get size(): number {
    return this.#keys.size;
  }

  get(path: KeyPath): CachedKey | undefined {
    const name = formatKeyPath(path);
    const key = this.#keys.get(name);
    if (key !== undefined) {
      this.#keys.delete(name);
      this.#keys.set(name, key);
    }
    return key;
  }

  /** Takes over the ring. */
  put(key: CachedKey): void {
    const name = formatKeyPath(key.path);
    this.#evict(name);
    this.#keys.set(name, key);
    for (const oldest of this.#keys.keys()) {
      if (this.#keys.size <= this.#maxKeys) break;
      this.#evict(oldest);
    }
  }

  /** Forgets the key of this path and everything beneath. */
  evictCoveredBy(path: KeyPath): void {
    if (path.length === 3) {
      this.#evict(formatKeyPath(path));
      return;
    }
    for (const [name, key] of this.#keys) {
      if (coversKeyPath(path, key.path)) this.#evict(name);
    }
  }

  /** Zeroes everything, and at once whatever is put in afterwards. */
  close(): void {
    this.#maxKeys = 0;
    for (const name of this.#keys.keys()) this.#evict(name);
  }

  paths(): readonly KeyPath[] {
    return [...this.#keys.values()].map(({ path }) => path);
  }

  #evict(name: string): void {
    this.#keys.get(name)?.ring.wipe();
    this.#keys.delete(name);
  }
}
