/** Throws a `RangeError` for what is no time to wait: a timer would take it for none, and never let go of the processor. */
export const requireInterval = (intervalMs: number): void => {
  if (intervalMs >= 1) return;
  throw new RangeError('Expected intervalMs to be a number of milliseconds, 1 or more.');
};
