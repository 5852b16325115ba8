import { isEventStoreError } from '../event-store/event-store-error';
import { epochMillisecondsOf, instantOf, type Instant } from '../values/instant';
import type { Generation, GenerationFailure } from './projection-store';

/** How long to wait after the attempt of that number that failed, in milliseconds. */
export type Backoff = (attempt: number) => number;

/** One second, then twice as long each time, up to five minutes. */
export const defaultBackoff: Backoff = (attempt) => Math.min(1000 * 2 ** (attempt - 1), 300_000);

/** What goes on record of a failure: a code, since what was thrown may quote the data. */
export const failureAfter = (
  { failure }: Generation,
  thrown: unknown,
  now: Instant,
  backoff: Backoff,
): GenerationFailure => {
  const attempts = (failure?.attempts ?? 0) + 1;
  return {
    code: isEventStoreError(thrown) ? thrown.code : 'failed',
    attempts,
    retryAt: instantOf(epochMillisecondsOf(now) + backoff(attempts)),
  };
};
