import type { Position } from '@mandate/event-sourcing';
import type { ProcessingScope } from '@mandate/read-models';

export interface FreshnessPorts {
  readonly scope: Pick<ProcessingScope, 'catchUp' | 'waitFor'>;
  /** How old the read side's knowledge may be, in milliseconds by a steady clock, before it reads on first. */
  readonly staleAfterMs: number;
  /** A clock that never goes back, in milliseconds. */
  readonly steadyClockMs: () => number;
}

/** How new the read side's knowledge of the log is. */
export interface Freshness {
  readonly isFresh: () => boolean;
  /** Reads what has been recorded since. Fails when it cannot be read. */
  readonly refresh: () => Promise<void>;
  /** As `waitFor`; when reading fails, the knowledge is stale until a reading succeeds. */
  readonly follow: (position: Position | undefined) => Promise<void>;
}

export const createFreshness = ({ scope, staleAfterMs, steadyClockMs }: FreshnessPorts): Freshness => {
  let freshAtMs = -Infinity;
  return {
    isFresh: () => steadyClockMs() - freshAtMs < staleAfterMs,
    refresh: async () => {
      // Taken before reading: what is recorded meanwhile may be missed, so the knowledge is as old as the question.
      const startedAtMs = steadyClockMs();
      await scope.catchUp();
      freshAtMs = startedAtMs;
    },
    follow: async (position) => {
      try {
        await scope.waitFor(position);
      } catch {
        // The command is on record all the same; what must not happen is a decision without it.
        freshAtMs = -Infinity;
      }
    },
  };
};
