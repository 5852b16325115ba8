/** What the target holds is not the beginning of what the source holds. Nothing was written after that place. */
export class HistoryMismatchError extends Error {
  override readonly name = 'HistoryMismatchError';
  readonly code = 'history-mismatch';
}

export const isHistoryMismatchError = (error: unknown): error is HistoryMismatchError =>
  error instanceof Error && 'code' in error && error.code === 'history-mismatch';
