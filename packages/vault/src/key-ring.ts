import { randomFillSync } from 'node:crypto';
import type { KeyLevel } from './key-path';
import { VaultError } from './vault-error';

const KEY_BYTES = 32;
const VERSION_BYTES = 4;
const ENTRY_BYTES = VERSION_BYTES + KEY_BYTES;
const PERMANENT = 0;

/**
 * The secret of one key in the tree: one or more 32-byte keys, each with a version, in one buffer that can be zeroed.
 *
 * Version 0 is permanent and is never rotated: it encrypts a recipient's values, and it is the root of a data set's
 * digests (blind index, manifest). Versions from 1 wrap the keys one level below; rotation adds the next version,
 * wraps everything again with it, and drops the older. So a contract has `[1]`, a data set `[0, 1]`, a recipient `[0]`.
 *
 * A ring has one owner, who wipes it. Whoever needs it for longer takes a copy.
 */
export class KeyRing {
  readonly #bytes: Buffer;
  #isWiped = false;
  #permanentKey: Uint8Array | undefined;

  private constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Fresh random keys, as the level needs them. */
  static create(level: KeyLevel): KeyRing {
    switch (level) {
      case 'contract':
        return KeyRing.#random([1]);
      case 'data-set':
        return KeyRing.#random([PERMANENT, 1]);
      case 'recipient':
        return KeyRing.#random([PERMANENT]);
    }
  }

  /** Takes over the bytes of {@link KeyRing.toBytes}, which must lie in memory of their own. */
  static fromBytes(bytes: Buffer): KeyRing {
    if (bytes.length === 0 || bytes.length % ENTRY_BYTES !== 0) {
      throw new VaultError(
        'unknown-format',
        `a key ring is a multiple of ${ENTRY_BYTES} bytes; found ${bytes.length}`,
      );
    }
    return new KeyRing(bytes);
  }

  static #random(versions: readonly number[]): KeyRing {
    const bytes = Buffer.alloc(versions.length * ENTRY_BYTES);
    randomFillSync(bytes);
    versions.forEach((version, index) => bytes.writeUInt32BE(version, index * ENTRY_BYTES));
    return new KeyRing(bytes);
  }

  /** The ring's own bytes, to be wrapped; never to be kept. */
  toBytes(): Buffer {
    if (this.#isWiped) throw new VaultError('key-wiped', 'a key was used after it was zeroed');
    return this.#bytes;
  }

  copy(): KeyRing {
    return new KeyRing(ownCopy(this.toBytes()));
  }

  /** Zeroes the keys. They cannot be used any more. */
  wipe(): void {
    this.#bytes.fill(0);
    this.#isWiped = true;
  }

  get isWiped(): boolean {
    return this.#isWiped;
  }

  /** The key that stays for ever, a view into the ring. */
  get permanentKey(): Uint8Array {
    if (this.#isWiped || this.#permanentKey === undefined) {
      this.#permanentKey = this.#keyOf(PERMANENT) ?? failed('this level has no permanent key');
    }
    return this.#permanentKey;
  }

  /** The newest version that wraps keys; 0 for a recipient, who has none. */
  get wrappingVersion(): number {
    return Math.max(...this.#versions());
  }

  /** Whether keys may still be wrapped by an older version: a rotation was begun and not finished. */
  get isBeingRotated(): boolean {
    return this.#versions().filter((version) => version !== PERMANENT).length > 1;
  }

  /** A view into the ring; `null` when this ring has no such version. */
  wrappingKey(version: number): Uint8Array | null {
    return version === PERMANENT ? null : this.#keyOf(version);
  }

  /** A new ring with one more wrapping key. */
  withNextVersion(): KeyRing {
    const added = KeyRing.#random([this.wrappingVersion + 1]);
    const ring = new KeyRing(Buffer.alloc(this.#bytes.length + ENTRY_BYTES));
    this.toBytes().copy(ring.#bytes);
    added.#bytes.copy(ring.#bytes, this.#bytes.length);
    added.wipe();
    return ring;
  }

  /** A new ring with only the newest wrapping key, and the permanent one. */
  withNewestVersionOnly(): KeyRing {
    const kept = this.#versions().filter(
      (version) => version === PERMANENT || version === this.wrappingVersion,
    );
    const ring = KeyRing.#random(kept);
    kept.forEach((version, index) => {
      const key = this.#keyOf(version) ?? failed('a key ring lost a version');
      ring.#bytes.set(key, index * ENTRY_BYTES + ENTRY_BYTES - KEY_BYTES);
    });
    return ring;
  }

  #versions(): readonly number[] {
    const bytes = this.toBytes();
    return Array.from({ length: bytes.length / ENTRY_BYTES }, (_, index) =>
      bytes.readUInt32BE(index * ENTRY_BYTES),
    );
  }

  #keyOf(wanted: number): Uint8Array | null {
    const bytes = this.toBytes();
    for (let start = 0; start < bytes.length; start += ENTRY_BYTES) {
      if (bytes.readUInt32BE(start) === wanted)
        return bytes.subarray(start + VERSION_BYTES, start + ENTRY_BYTES);
    }
    return null;
  }
}

/** Not `Buffer.from`, which takes short buffers from a pool that others read too. */
const ownCopy = (bytes: Buffer): Buffer => {
  const copy = Buffer.alloc(bytes.length);
  bytes.copy(copy);
  return copy;
};

const failed = (message: string): never => {
  throw new VaultError('unknown-format', message);
};
