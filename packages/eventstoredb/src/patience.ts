import { setTimeout as pause } from 'node:timers/promises';
import type { CallSlots } from './call-slots';
import type { StoreLife } from './store-life';

/** How long the adapter waits for what. */
export interface Patience {
  /** For one answer of the server. */
  readonly attemptMs: number;
  /** For one call of the store, with all its attempts. */
  readonly callMs: number;
}

/** Grows with every attempt, up to half a second, and is never the same twice, so that callers do not come back as one. */
export const pauseBefore = (attempt: number): number =>
  attempt === 0 ? 0 : Math.min(500, 25 * 2 ** attempt) * (0.5 + Math.random() / 2);

/** How often a node that is not the leader may send the call to another one at once. */
const redirectionsMax = 2;

export interface Attempts {
  readonly patience: Patience;
  readonly life: StoreLife;
  readonly slots: CallSlots;
  /** When the call began, by the clock of `performance`. */
  readonly startedAt: number;
}

/** What became of one attempt: it is settled, or the next one may be made. */
export type Attempt<T> =
  | { readonly kind: 'answered'; readonly answer: T }
  /** `redirected`: another node was named, which may be asked at once. */
  | { readonly kind: 'again'; readonly isRedirected: boolean };

/** Attempts until one is settled, time is up or the store is closed; then undefined. */
export const attemptInTime = async <T>(
  { patience, life, slots, startedAt }: Attempts,
  attempt: (attemptMs: number) => Promise<Attempt<T>>,
): Promise<T | undefined> => {
  const leftMs = (): number => patience.callMs - (performance.now() - startedAt);
  // An attempt without time for an answer would only make its outcome unknown.
  const hasTimeAfter = (pauseMs: number): boolean => leftMs() - pauseMs >= patience.attemptMs / 4;

  const attemptAll = async (): Promise<T | undefined> => {
    let redirections = 0;
    for (let attempts = 1; hasTimeAfter(0) && !life.isClosed(); attempts += 1) {
      const made = await attempt(Math.min(patience.attemptMs, leftMs()));
      if (made.kind === 'answered') return made.answer;
      if (made.isRedirected) redirections += 1;
      const isAtOnce = made.isRedirected && redirections <= redirectionsMax;
      const pauseMs = pauseBefore(isAtOnce ? 0 : attempts);
      if (!hasTimeAfter(pauseMs)) return undefined;
      await pause(pauseMs);
    }
    return undefined;
  };

  return (await slots.use(leftMs(), attemptAll))?.answer;
};
