import { epochMillisecondsOf, instantOf, type Instant } from '../values/instant';
import { defaultAppendLimits, isStorable } from '../event-store/prepared-append';
import type { EffectOutcome } from './process-manager';
import { reasonCodeOf, type ProcessEvent } from './process-record';
import type { Uuid } from '../values/uuid';

export interface RetryPolicy {
  /** How often an effect is tried before it is parked. */
  readonly attemptsMax: number;
  /** How long to wait after the attempt of that number, in milliseconds. */
  readonly delayMs: (attempt: number) => number;
}

/** Eight attempts over about four hours. */
export const defaultRetryPolicy: RetryPolicy = {
  attemptsMax: 8,
  delayMs: (attempt) => Math.min(1000 * 4 ** (attempt - 1), 3_600_000),
};

interface Attempted {
  readonly effectId: Uuid;
  /** Counted from 1. */
  readonly attempt: number;
  readonly forgiven: number;
  readonly outcome: EffectOutcome;
}

/** What goes on record after an attempt: its result, when to try again, or that a person must look at it. */
export const entryOfOutcome = (
  { effectId, attempt, forgiven, outcome }: Attempted,
  now: Instant,
  retry: RetryPolicy,
): ProcessEvent => {
  if (outcome.outcome === 'completed') {
    return { type: 'EffectCompleted', data: { effectId, result: outcome.result, completedAt: now } };
  }
  const reason = reasonCodeOf(outcome.reason);
  if (outcome.outcome === 'impossible' || attempt - forgiven >= retry.attemptsMax) {
    return { type: 'EffectParked', data: { effectId, reason, parkedAt: now } };
  }
  const retryAt = instantOf(epochMillisecondsOf(now) + retry.delayMs(attempt - forgiven));
  return { type: 'EffectFailed', data: { effectId, attempt, reason, failedAt: now, retryAt } };
};

/** Leaves room for what the process asks for next, which is written together with the result. */
const resultBytesMax = defaultAppendLimits.bytesMax / 2;

/** What can go on record: a result that cannot be kept would be asked for for ever, and so needs a person. */
export const storableOutcome = (outcome: EffectOutcome): EffectOutcome =>
  outcome.outcome === 'completed' && !isStorable(outcome.result, resultBytesMax)
    ? { outcome: 'impossible', reason: 'result-not-storable' }
    : outcome;
