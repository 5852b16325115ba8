import type { KeyCustody } from './key-custody';
import { lastOf } from './key-custody';
import type { ContractKeyPath, DataSetKeyPath } from './key-path';
import type { KeyRing } from './key-ring';
import type { Erased, KeyReplacement, StoredKey } from './key-store';
import { parentVersionOf, unwrapUnderParent, wrapUnderMaster, wrapUnderParent } from './key-wrapping';
import { contended, neverKnown } from './opened-key';

export interface Rotated {
  readonly state: 'rotated';
  /** Keys one level below that this call wrapped anew; those of an interrupted earlier call are not counted again. */
  readonly keysRewrapped: number;
}

type RotatedPath = ContractKeyPath | DataSetKeyPath;

/** A key with its parent, from one snapshot of the store, so that both belong together. `null`: the master key. */
interface Loaded {
  readonly ring: KeyRing;
  readonly generation: number;
  readonly parent: KeyRing | null;
}

const PAGE = 500;
const ATTEMPTS_MAX = 64;

/**
 * Gives a key a new version in three steps: add the version beside the old, wrap all keys one level below with it, drop
 * the old. Each step is a compare-and-set, so a crash, a repetition or a second process doing the same only means that a
 * later call goes on where this one stopped. New keys are made with the newest version from the first step on; the
 * comparison in `create` turns away those that were begun before it. Values are not touched: their keys stay.
 */
export class KeyRotation {
  readonly #custody: KeyCustody;

  constructor(custody: KeyCustody) {
    this.#custody = custody;
  }

  async rotate(path: RotatedPath): Promise<Rotated | Erased> {
    let goal: number | null = null;
    let keysRewrapped = 0;
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const loaded = await this.#load(path);
      if ('state' in loaded) return loaded;
      try {
        const { ring } = loaded;
        // A rotation that somebody began and did not finish is finished, not doubled.
        goal ??= ring.isBeingRotated ? ring.wrappingVersion : ring.wrappingVersion + 1;
        if (!ring.isBeingRotated && ring.wrappingVersion >= goal) return { state: 'rotated', keysRewrapped };
        keysRewrapped += await this.#step(path, loaded);
      } finally {
        wipe(loaded);
      }
    }
    throw contended();
  }

  async #step(path: RotatedPath, loaded: Loaded): Promise<number> {
    if (!loaded.ring.isBeingRotated) {
      await this.#replaceRing(path, loaded, loaded.ring.withNextVersion());
      return 0;
    }
    const { rewrapped, isClean } = await this.#rewrapKeysBelow(path, loaded.ring);
    // Only a pass that found nothing to do proves that nothing is under the old version any more.
    if (isClean) await this.#replaceRing(path, loaded, loaded.ring.withNewestVersionOnly());
    return rewrapped;
  }

  /** Somebody else may have been faster; the caller looks again in any case. */
  async #replaceRing(path: RotatedPath, { generation, parent }: Loaded, ring: KeyRing): Promise<void> {
    try {
      const wrapped =
        parent === null
          ? await wrapUnderMaster(ring, path, this.#custody.masterKey)
          : wrapUnderParent(ring, path, parent);
      await this.#custody.keyStore.replace([{ path, wrapped, expectedGeneration: generation }]);
    } finally {
      ring.wipe();
    }
  }

  async #rewrapKeysBelow(
    parent: RotatedPath,
    ring: KeyRing,
  ): Promise<{ readonly rewrapped: number; readonly isClean: boolean }> {
    let rewrapped = 0;
    let isClean = true;
    let after: string | null = null;
    do {
      const page = await this.#custody.keyStore.listKeys(parent, { after, limit: PAGE });
      const outdated = page.keys.filter(({ wrapped }) => parentVersionOf(wrapped) !== ring.wrappingVersion);
      // A version that this ring lacks: a later rotation has overtaken this one, whose ring is out of date.
      if (outdated.some(({ wrapped }) => ring.wrappingKey(parentVersionOf(wrapped)) === null)) {
        return { rewrapped, isClean: false };
      }
      isClean &&= outdated.length === 0;
      rewrapped += await this.#replaceAll(outdated.map((key) => rewrappedUnder(key, ring)));
      after = page.next;
    } while (after !== null);
    return { rewrapped, isClean };
  }

  async #replaceAll(replacements: readonly KeyReplacement[]): Promise<number> {
    if (replacements.length === 0) return 0;
    const outcomes = await this.#custody.keyStore.replace(replacements);
    return outcomes.filter(({ outcome }) => outcome === 'replaced').length;
  }

  /** Through one snapshot and past the cache, so that ring, generation and parent are of the same moment. */
  async #load(path: RotatedPath): Promise<Loaded | Erased> {
    const reading = await this.#custody.keyStore.read(path);
    if (reading.state === 'erased') return reading;
    if (reading.state === 'never-known') throw neverKnown();
    const { generation } = lastOf(reading.chain);
    const contract = await this.#custody.unwrapContractKey(lastOf(reading.chain.slice(0, 1)));
    if (path.length === 1) return { ring: contract, generation, parent: null };
    return { ring: unwrapUnderParent(lastOf(reading.chain), contract), generation, parent: contract };
  }
}

const rewrappedUnder = (key: StoredKey, parent: KeyRing): KeyReplacement => {
  const ring = unwrapUnderParent(key, parent);
  try {
    const wrapped = wrapUnderParent(ring, key.path, parent);
    return { path: key.path, wrapped, expectedGeneration: key.generation };
  } finally {
    ring.wipe();
  }
};

const wipe = ({ ring, parent }: Loaded): void => {
  ring.wipe();
  parent?.wipe();
};
