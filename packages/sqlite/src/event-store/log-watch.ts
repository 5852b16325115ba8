import type { UntilGrown } from '@mandate/event-sourcing';
import type { SqliteDatabase } from '../driver';
import type { LogHead } from './log-head';

/** Wakes subscriptions: at once for appends through this store, by polling for those of other connections. */
export interface LogWatch {
  readonly untilGrown: UntilGrown;
  /** Something was appended here, or the store was closed. */
  readonly wakeAll: () => void;
  readonly close: () => void;
}

/** Polls only while somebody sleeps; `data_version` changes with every commit of another connection. */
export const watchLog = (database: SqliteDatabase, head: LogHead, pollIntervalMs: number): LogWatch => {
  const select = database.prepare('PRAGMA data_version');
  const dataVersion = (): unknown => (select.get() as { readonly data_version: number }).data_version;
  const sleepers = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  let seen: unknown;
  let isClosed = false;

  const wakeAll = (): void => {
    for (const wake of [...sleepers]) wake();
  };

  const stopPolling = (): void => {
    clearInterval(timer);
    timer = undefined;
  };

  const poll = (): void => {
    try {
      const found = dataVersion();
      if (found === seen) return;
      seen = found;
      wakeAll();
    } catch {
      // Whoever wakes reads on, and meets the same trouble where it can be reported.
      wakeAll();
    }
  };

  const startPolling = (): void => {
    if (timer !== undefined) return;
    seen = dataVersion();
    timer = setInterval(poll, pollIntervalMs);
  };

  const fallAsleep = (wake: () => void, from: Parameters<UntilGrown>[0]): void => {
    sleepers.add(wake);
    // First the state of the file, then the head: a commit between the two is seen by one of them.
    startPolling();
    if (head.place() > head.placeAfter(from)) wake();
  };

  const untilGrown: UntilGrown = (from, signal) =>
    new Promise((resolve) => {
      const wake = (): void => {
        sleepers.delete(wake);
        signal?.removeEventListener('abort', wake);
        if (sleepers.size === 0) stopPolling();
        resolve();
      };
      signal?.addEventListener('abort', wake);
      if (isClosed || signal?.aborted === true) {
        wake();
        return;
      }
      try {
        fallAsleep(wake, from);
      } catch {
        wake();
      }
    });

  return {
    untilGrown,
    wakeAll,
    close: () => {
      isClosed = true;
      wakeAll();
      stopPolling();
    },
  };
};
