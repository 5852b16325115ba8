export interface MissingErasures {
  /** Keys that were erased, and are not in the key store that was opened. */
  readonly keys: number;
  /** Contracts that ended, and have not in the history that was opened. */
  readonly contracts: number;
}

/** History or keys are older than erasures that are on record: they were restored from a backup, and serve nobody. */
export class ErasuresMissingError extends Error {
  override readonly name = 'ErasuresMissingError';
  readonly code = 'erasures-missing';
  readonly missing: MissingErasures;

  constructor(missing: MissingErasures) {
    super(
      `Expected every erasure on record to be in the history and the key store, found ${missing.keys} erased keys and ` +
        `${missing.contracts} ended contracts missing: they were restored from a backup older than that. Nothing is served. ` +
        'Open once with `reapplyErasures: true` to apply them again, and run the deletions.',
    );
    this.missing = missing;
  }
}

/** Tells this error from any other, also when two copies of this package are installed. */
export const isErasuresMissingError = (error: unknown): error is ErasuresMissingError =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'erasures-missing';
