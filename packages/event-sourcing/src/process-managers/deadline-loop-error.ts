/**
 * A process sets a deadline again and again at an instant that has passed. That is a mistake of the process, and
 * would fill the store until somebody stops it.
 */
export class DeadlineLoopError extends Error {
  override readonly name = 'DeadlineLoopError';
  readonly code = 'deadline-loop';
}

/** Tells that error from any other, also when two copies of this package are installed. */
export const isDeadlineLoopError = (error: unknown): error is DeadlineLoopError =>
  error instanceof Error && 'code' in error && error.code === 'deadline-loop';
