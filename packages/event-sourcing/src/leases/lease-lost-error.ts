/** Somebody else may act by now: nothing more is to be done or written. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
  readonly code = 'lease-lost';
}

/** Tells that error from any other. */
export const isLeaseLostError = (error: unknown): error is LeaseLostError =>
  error instanceof Error && 'code' in error && error.code === 'lease-lost';
