/** Resolves after some time, or at once when the signal says stop; never rejects. */
export type Pause = (delayMs: number, signal: AbortSignal) => Promise<void>;

/** A timer that is asked for more, as for ever, rings after a millisecond (Node.js, `setTimeout`). */
const delayMsMax = 2 ** 31 - 1;

/** A pause by the timer of the machine; of 24 days when a longer one is asked for. */
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
    const timer = setTimeout(done, Math.min(delayMs, delayMsMax));
    signal.addEventListener('abort', done);
  });
