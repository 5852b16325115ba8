import { EventStoreError } from '../event-store/event-store-error';

/** The runs of one runner: one after the other, until it is closed. */
export interface ProcessRuns {
  readonly run: (signal?: AbortSignal) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Has work done as often as it is asked for, each time with a signal that also says stop when all is to be closed. */
export const createProcessRuns = (work: (signal: AbortSignal) => Promise<void>): ProcessRuns => {
  const underWay = new Set<AbortController>();
  let last: Promise<void> = Promise.resolve();
  let isClosed = false;

  const requireOpen = (): void => {
    if (isClosed) throw new EventStoreError({ kind: 'store-closed' });
  };

  const workUntil = async (signal: AbortSignal | undefined): Promise<void> => {
    requireOpen();
    const stop = new AbortController();
    const abort = (): void => {
      stop.abort();
    };
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort);
    underWay.add(stop);
    try {
      await work(stop.signal);
    } finally {
      underWay.delete(stop);
      signal?.removeEventListener('abort', abort);
    }
    // Whoever asked must not take for done what was cut short.
    requireOpen();
  };

  return {
    run: (signal) => {
      // One pass at a time: two passes would act twice on the same intent.
      const next = last.catch(() => undefined).then(() => workUntil(signal));
      last = next;
      return next;
    },
    close: async () => {
      isClosed = true;
      for (const stop of underWay) stop.abort();
      await last.catch(() => undefined);
    },
  };
};
