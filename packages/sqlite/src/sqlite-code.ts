/** The result codes (https://sqlite.org/rescode.html) that are told apart here. */
export const sqliteCode = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  inputOutput: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  constraint: 19,
  notADatabase: 26,
  constraintUnique: 2067,
} as const;

/**
 * The extended result code of an error, if SQLite raised it. By its shape and not by `instanceof`: native modules
 * make their errors outside the sandboxes that test runners like jest put the code in.
 */
export const extendedCodeOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : undefined;

/** The primary result code: the lower eight bits of the extended one. */
export const primaryCodeOf = (error: unknown): number | undefined => {
  const extended = extendedCodeOf(error);
  return extended === undefined ? undefined : extended & 0xff;
};

/** Another connection holds the lock, and went on holding it for the whole busy timeout. */
export const isBusy = (error: unknown): boolean => {
  const code = primaryCodeOf(error);
  return code === sqliteCode.busy || code === sqliteCode.locked;
};

/** What went wrong, in words that fit into a sentence, and whether the same call may work later. */
export interface SqliteTrouble {
  readonly reason: string;
  readonly retryable: boolean;
}

const troubles: ReadonlyMap<number, SqliteTrouble> = new Map([
  [sqliteCode.busy, { reason: 'another process held the lock on the file for too long', retryable: true }],
  [sqliteCode.locked, { reason: 'another connection held the lock for too long', retryable: true }],
  [sqliteCode.full, { reason: 'the disk is full', retryable: true }],
  [sqliteCode.inputOutput, { reason: 'reading or writing the file failed', retryable: true }],
  [sqliteCode.readOnly, { reason: 'the file must not be written', retryable: false }],
  [sqliteCode.cannotOpen, { reason: 'the file cannot be opened', retryable: false }],
  [sqliteCode.corrupt, { reason: 'the file is damaged; restore it from a backup', retryable: false }],
  [sqliteCode.notADatabase, { reason: 'the file is not a SQLite database', retryable: false }],
]);

/** Explains an error of SQLite; `undefined` for any other error. */
export const troubleOf = (error: unknown): SqliteTrouble | undefined => {
  const code = primaryCodeOf(error);
  if (code === undefined) return undefined;
  return troubles.get(code) ?? { reason: `SQLite reported code ${code}`, retryable: false };
};
