import { coversKeyPath } from './key-path';
import type { KeyPath } from './key-path';

/** Whether this process wrote a fence that touches a running operation, since the operation last asked the key store. */
export interface OperationInFlight {
  readonly isTouchedByFence: boolean;
  /** To be called before asking the key store again. */
  acknowledgeFence(): void;
}

class Entry implements OperationInFlight {
  readonly path: KeyPath;
  isTouchedByFence = false;

  constructor(path: KeyPath) {
    this.path = path;
  }

  acknowledgeFence(): void {
    this.isTouchedByFence = false;
  }
}

/**
 * The operations of one vault that have begun and not ended. Asking the key store again at the end of an operation
 * catches the fences of all processes; this catches in addition a fence of the same process that was answered while the
 * older answer to that question was still on its way.
 */
export class OperationsInFlight {
  readonly #entries = new Set<Entry>();

  async run<T>(path: KeyPath, work: (operation: OperationInFlight) => Promise<T>): Promise<T> {
    const entry = new Entry(path);
    this.#entries.add(entry);
    try {
      return await work(entry);
    } finally {
      this.#entries.delete(entry);
    }
  }

  /** An operation on a whole data set is touched by a fence on one of its recipients, too. */
  markFenced(fenced: KeyPath): void {
    for (const entry of this.#entries) {
      if (coversKeyPath(fenced, entry.path) || coversKeyPath(entry.path, fenced))
        entry.isTouchedByFence = true;
    }
  }
}
