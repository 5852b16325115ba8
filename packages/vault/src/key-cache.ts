import type { DataSetKeyPath, KeyPath } from './key-path';
import { CachePlace, KeysByUse } from './keys-by-use';
import type { CachedKey } from './keys-by-use';

/** Unwrapped keys, at most `maxKeys` of them; the one not used for longest goes first. A key that leaves is zeroed. */
export class KeyCache {
  readonly #root = new CachePlace('', null);
  readonly #byUse = new KeysByUse();
  #maxKeys: number;

  constructor(maxKeys: number) {
    this.#maxKeys = maxKeys;
  }

  get size(): number {
    return this.#byUse.size;
  }

  /** The ring stays the cache's: it may be zeroed as soon as anything is awaited. */
  get(path: KeyPath): CachedKey | undefined {
    return this.#use(this.#placeOf(path));
  }

  /** `get` for many recipients of one data set, who are asked for before anything is awaited or put in. */
  recipientsIn(dataSet: DataSetKeyPath): (recipientId: string) => CachedKey | undefined {
    const recipients = this.#placeOf(dataSet)?.children;
    return (recipientId) => this.#use(recipients?.get(recipientId));
  }

  /** Takes over the ring. */
  put(key: CachedKey): void {
    let place = this.#root;
    for (const id of key.path) place = place.childOf(id);
    place.key?.ring.wipe();
    place.key = key;
    this.#byUse.add(place);
    while (this.size > this.#maxKeys) this.#evict(this.#byUse.oldest);
  }

  /** As `put` while there is room or an older copy of this key; otherwise zeroes it, and pushes out no other. */
  putIfRoom(key: CachedKey): void {
    if (this.size < this.#maxKeys || this.#placeOf(key.path)?.key !== undefined) this.put(key);
    else key.ring.wipe();
  }

  /** Forgets the key of this path and everything beneath. */
  evictCoveredBy(path: KeyPath): void {
    const place = this.#placeOf(path);
    if (place !== undefined) for (const each of [...place.withAllBeneath()]) this.#evict(each);
  }

  /** Zeroes everything, and at once whatever is put in afterwards. */
  close(): void {
    this.#maxKeys = 0;
    while (this.size > 0) this.#evict(this.#byUse.oldest);
  }

  paths(): readonly KeyPath[] {
    return this.#byUse.paths();
  }

  #use(place: CachePlace | undefined): CachedKey | undefined {
    if (place?.key === undefined) return undefined;
    this.#byUse.add(place);
    return place.key;
  }

  #placeOf(path: KeyPath): CachePlace | undefined {
    let place: CachePlace | undefined = this.#root;
    for (const id of path) place = place?.children?.get(id);
    return place;
  }

  #evict(place: CachePlace): void {
    if (place.key === undefined) return;
    place.key.ring.wipe();
    place.key = undefined;
    this.#byUse.remove(place);
    place.leaveIfEmpty();
  }
}
