import { formatKeyPath } from './key-path';
import type { KeyRing } from './key-ring';
import type { StoredKey } from './key-store';
import { unwrapUnderMaster } from './key-wrapping';
import type { MasterKey } from './master-key';

interface Running {
  readonly ring: Promise<KeyRing>;
  waiting: number;
}

/**
 * Unwraps contract keys, each once for all who wait for it at the same time: the master key may be a paid call to a
 * remote service, and a campaign starts with thousands of operations under one contract.
 */
export class ContractKeyUnwrapping {
  readonly #masterKeys: ReadonlyMap<string, MasterKey>;
  readonly #running = new Map<string, Running>();

  constructor(masterKeys: ReadonlyMap<string, MasterKey>) {
    this.#masterKeys = masterKeys;
  }

  /** A ring of the caller's own. */
  async unwrap(key: StoredKey): Promise<KeyRing> {
    const name = `${formatKeyPath(key.path)}#${key.generation}`;
    const running = this.#running.get(name) ?? { ring: unwrapUnderMaster(key, this.#masterKeys), waiting: 0 };
    this.#running.set(name, running);
    running.waiting += 1;
    try {
      return (await running.ring).copy();
    } finally {
      running.waiting -= 1;
      if (running.waiting === 0) {
        this.#running.delete(name);
        await running.ring.then(wipe, nothingToWipe);
      }
    }
  }
}

const wipe = (ring: KeyRing): void => {
  ring.wipe();
};

const nothingToWipe = (): void => undefined;
