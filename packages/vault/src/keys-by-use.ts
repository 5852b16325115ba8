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

/** Where a cached key may lie. A place stays without a key for as long as there are keys beneath it. */
export class CachePlace {
  readonly #id: string;
  readonly #parent: CachePlace | null;
  children: Map<string, CachePlace> | undefined;
  key: CachedKey | undefined;
  /** Its neighbours in the order of use. */
  older: CachePlace | undefined;
  newer: CachePlace | undefined;

  constructor(id: string, parent: CachePlace | null) {
    this.#id = id;
    this.#parent = parent;
  }

  /** Made where it is not there yet. */
  childOf(id: string): CachePlace {
    this.children ??= new Map();
    const known = this.children.get(id);
    if (known !== undefined) return known;
    const child = new CachePlace(id, this);
    this.children.set(id, child);
    return child;
  }

  *withAllBeneath(): Generator<CachePlace, void, undefined> {
    yield this;
    for (const child of this.children?.values() ?? []) yield* child.withAllBeneath();
  }

  leaveIfEmpty(): void {
    if (this.key !== undefined || (this.children?.size ?? 0) > 0) return;
    this.#parent?.children?.delete(this.#id);
    this.#parent?.leaveIfEmpty();
  }
}

/**
 * Places with keys in the order in which they were last used. A chain, since that order changes with each value that is
 * encrypted: taking a name out of a Map and putting it in again costs as much as the encryption.
 */
export class KeysByUse {
  /** Stands before the oldest and after the newest. */
  readonly #ends = new CachePlace('', null);
  #size = 0;

  constructor() {
    this.#ends.older = this.#ends;
    this.#ends.newer = this.#ends;
  }

  get size(): number {
    return this.#size;
  }

  get oldest(): CachePlace {
    return this.#ends.newer ?? this.#ends;
  }

  /** As the newest, also when it is there already. */
  add(place: CachePlace): void {
    const newest = this.#ends.older ?? this.#ends;
    if (place === newest) return;
    this.remove(place);
    link(newest, place);
    link(place, this.#ends);
    this.#size += 1;
  }

  remove(place: CachePlace): void {
    const { older, newer } = place;
    if (older === undefined || newer === undefined) return;
    link(older, newer);
    place.older = undefined;
    place.newer = undefined;
    this.#size -= 1;
  }

  /** The one not used for longest first. */
  paths(): readonly KeyPath[] {
    const paths: KeyPath[] = [];
    for (let place = this.oldest; place.key !== undefined; place = place.newer ?? this.#ends)
      paths.push(place.key.path);
    return paths;
  }
}

const link = (older: CachePlace, newer: CachePlace): void => {
  older.newer = newer;
  newer.older = older;
};
