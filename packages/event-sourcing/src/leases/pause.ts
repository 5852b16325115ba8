/** Resolves after some time, or at once when the signal says stop; never rejects. */
export type Pause = (delayMs: number, signal: AbortSignal) => Promise<void>;

/** A pause by the timer of the machine. */
export const pauseByTimer: Pause = (delayMs, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    signal.addEventListener('abort', done);
  });
