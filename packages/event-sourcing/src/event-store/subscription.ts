import type { EventStore, LogPage, SubscribeOptions, SubscriptionBatch } from './event-store';
import type { Position } from './position';

/** Waits until the log has grown beyond `from`, which may be the case already, or the signal says stop. */
export type UntilGrown = (from: Position | undefined, signal: AbortSignal | undefined) => Promise<void>;

const batchOf = ({ events, next }: LogPage): readonly SubscriptionBatch[] =>
  events.length === 0 || next === undefined ? [] : [{ kind: 'events', events, next }];

/**
 * A subscription over the pages of `readAll`: reads to the head, says so, waits until it has grown, reads on. Since
 * the only thing it remembers is the position it has reached, it can neither skip nor repeat an event, and a
 * slow subscriber costs nothing but its own delay.
 */
export async function* subscribeByPages(
  store: Pick<EventStore, 'readAll'>,
  { after, filter, signal }: SubscribeOptions,
  untilGrown: UntilGrown,
): AsyncGenerator<SubscriptionBatch, void, undefined> {
  let from: Position | undefined = after;
  let saidCaughtUpAt: Position | 'never' | undefined = 'never';
  const isStopped = (): boolean => signal?.aborted === true;
  while (!isStopped()) {
    const page = await store.readAll({ after: from, filter });
    if (isStopped()) return;
    yield* batchOf(page);
    from = page.next ?? from;
    if (!page.atHead) continue;
    // The subscriber may have said stop while it held the events.
    if (saidCaughtUpAt !== from && !isStopped()) {
      saidCaughtUpAt = from;
      yield { kind: 'caught-up', next: from };
    }
    await untilGrown(from, signal);
  }
}
