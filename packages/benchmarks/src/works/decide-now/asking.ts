import type { ProcessingOperation } from '@mandate/domain';
import { microsecondsEach, ratePerSecond, type Timer } from '../../comparing/timer';
import type { Ask } from '../../decisions/rivals';
import { askedAt } from '../../decisions/sample-contracts';
import { countAllowed } from '../../decisions/scope-over';

/** The instant that every request of this work asks about. */
export const atMs = Date.parse(askedAt);

export const requestsPerRound = 200_000;

const allOf = (requests: readonly ProcessingOperation[], ask: Ask) => (): Promise<void> => {
  countAllowed(requests, ask, atMs);
  return Promise.resolve();
};

/** Decisions in a second. */
export const asking = (
  timer: Timer,
  requests: readonly ProcessingOperation[],
  ask: Ask,
): (() => Promise<number>) => ratePerSecond(timer, requests.length, allOf(requests, ask));

/** Microseconds that a decision takes. */
export const costOfAsking = (
  timer: Timer,
  requests: readonly ProcessingOperation[],
  ask: Ask,
): (() => Promise<number>) => microsecondsEach(timer, requests.length, allOf(requests, ask));
