import assert from 'node:assert/strict';
import type {
  EventStore,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionBatch,
} from '../../event-store/event-store';

/** Waits, but not for ever: a subscription that never delivers is a failure, not a hanging test. */
export const within = async <T>(patienceMs: number, what: string, promise: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new assert.AssertionError({ message: `Expected ${what} within ${patienceMs} ms.` }));
    }, patienceMs);
  });
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
};

export interface Followed {
  readonly batches: readonly SubscriptionBatch[];
  readonly events: readonly RecordedEvent[];
}

export const eventsIn = (batches: readonly SubscriptionBatch[]): readonly RecordedEvent[] =>
  batches.flatMap((batch) => (batch.kind === 'events' ? batch.events : []));

/** Follows a subscription until `isEnough`, then leaves it. Fails when the subscription ends by itself. */
export const followUntil = (
  { store, patienceMs }: { readonly store: EventStore; readonly patienceMs: number },
  options: SubscribeOptions,
  isEnough: (batches: readonly SubscriptionBatch[]) => boolean,
): Promise<Followed> => {
  const batches: SubscriptionBatch[] = [];
  const follow = async (): Promise<Followed> => {
    for await (const batch of store.subscribe(options)) {
      batches.push(batch);
      if (isEnough(batches)) return { batches, events: eventsIn(batches) };
    }
    return assert.fail('Expected the subscription to go on, but it ended.');
  };
  return within(patienceMs, 'the subscription to deliver', follow());
};

export const isCaughtUp = (batches: readonly SubscriptionBatch[]): boolean =>
  batches.at(-1)?.kind === 'caught-up';

/** All there is after a position, up to the first mark that there is no more. */
export const followToHead = (
  scenario: { readonly store: EventStore; readonly patienceMs: number },
  options: SubscribeOptions,
): Promise<Followed> => followUntil(scenario, options, isCaughtUp);

/** Lets timers, polls and other subscribers run. */
export const pauseMs = (durationMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, durationMs));
