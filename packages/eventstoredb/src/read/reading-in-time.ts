import { EventStoreError } from '@mandate/event-sourcing';
import { clientFailureOf, type ClientFailure } from '../client-failure';
import type { CallSlots } from '../call-slots';
import { attemptInTime, type Attempt, type Patience } from '../patience';
import type { StoreLife } from '../store-life';

/** Reads, again if need be, until there is an answer or time is up; then `unavailable`. */
export type ReadInTime = <T>(attempt: (silenceMs: number) => Promise<T>) => Promise<T>;

const whenGone = ['stream-not-found', 'stream-deleted'] as const;

/** What a stream that is not there looks like to a reader. */
export const isGone = (error: unknown): boolean => {
  const { kind } = clientFailureOf(error);
  return whenGone.some((gone) => gone === kind);
};

const unavailable = (reason: string, retryable: boolean, cause: unknown): EventStoreError =>
  new EventStoreError({ kind: 'unavailable', retryable, reason }, { cause });

const isWorthAnother = ({ kind }: ClientFailure): boolean => kind === 'unknown' || kind === 'not-leader';

/** Why there was no answer; without any error there was not even time to ask. */
const reasonFor = (lastError: unknown): string => {
  if (lastError === undefined) return 'too many other calls were on their way';
  const failure = clientFailureOf(lastError);
  return failure.kind === 'unknown' ? failure.reason : 'no leader was found';
};

export const readInTimeWith = (patience: Patience, life: StoreLife, slots: CallSlots): ReadInTime => {
  return async <T>(attempt: (silenceMs: number) => Promise<T>): Promise<T> => {
    let lastError: unknown;
    const once = async (silenceMs: number): Promise<Attempt<{ readonly read: T }>> => {
      try {
        return { kind: 'answered', answer: { read: await attempt(silenceMs) } };
      } catch (error) {
        if (error instanceof EventStoreError) throw error;
        const failure = clientFailureOf(error);
        if (failure.kind === 'refused') throw unavailable(failure.reason, false, error);
        if (!isWorthAnother(failure)) throw error;
        lastError = error;
        return { kind: 'again', isRedirected: failure.kind === 'not-leader' };
      }
    };
    life.requireOpen();
    const answered = await attemptInTime({ patience, life, slots, startedAt: performance.now() }, once);
    life.requireOpen();
    if (answered !== undefined) return answered.read;
    throw unavailable(reasonFor(lastError), true, lastError);
  };
};
