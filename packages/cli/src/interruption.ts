/** Whoever read the output went away before its end. */
export class OutputClosedError extends Error {
  override readonly name = 'OutputClosedError';
  readonly code = 'output-closed';
}

/** Why work was stopped before its end, in words that begin a sentence. */
export const stoppedBy = ({ reason }: AbortSignal): string =>
  reason instanceof OutputClosedError ? 'the output was closed' : 'interrupted';
