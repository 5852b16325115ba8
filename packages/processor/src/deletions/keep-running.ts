import { pauseByTimer } from '@mandate/event-sourcing';

export interface KeepRunningOptions {
  readonly signal: AbortSignal;
  /** How long to wait at most before looking again, in milliseconds. Default 60,000. */
  readonly intervalMs?: number;
  /** Told when a run failed; the next one comes after the interval all the same. */
  readonly onError?: (error: unknown) => void;
}

/** Runs deletions now and again and again until the signal says stop; resolves when the last run is over. */
export const keepRunning = async (
  run: (options: { readonly signal: AbortSignal }) => Promise<void>,
  { signal, intervalMs = 60_000, onError = () => undefined }: KeepRunningOptions,
): Promise<void> => {
  while (!signal.aborted) {
    await run({ signal }).catch(onError);
    await pauseByTimer(intervalMs, signal);
  }
};
