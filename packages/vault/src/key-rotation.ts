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

  /** Wraps every contract key that is under another master key with the current one. */
  async rotateMasterKey(): Promise<Rotated> {
    let keysRewrapped = 0;
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const { found, rewrapped } = await this.#rewrapContractKeys();
      keysRewrapped += rewrapped;
      if (found === 0) return { state: 'rotated', keysRewrapped };
    }
    throw contended();
  }
}
