import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Transform } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import type { CheckpointReached, ClientResolvedEvent, ClientSubscription } from '../client';
import { ClientLogFeed, type EventsBefore, type FeedItem } from './log-feed';

type Message = number | 'caught-up' | 'fell-behind' | 'checkpoint';

const eventOf = (number: number): ClientResolvedEvent => ({
  event: {
    streamId: 'order-1',
    id: String(number),
    revision: BigInt(number),
    type: 'SomethingHappened',
    data: {},
    metadata: {},
    created: new Date(0),
    position: { commit: BigInt(number), prepare: BigInt(number) },
  },
});

/** A subscription built as the client builds its own: marks are told when they arrive, not when their turn has come. */
class TransformSubscription extends Transform implements ClientSubscription {
  readonly #checkpointReached: CheckpointReached;
  isUnsubscribed = false;

  constructor(checkpointReached: CheckpointReached) {
    super({ objectMode: true });
    this.#checkpointReached = checkpointReached;
  }

  override _transform(
    message: Message,
    _: unknown,
    next: (error: null, event?: ClientResolvedEvent) => void,
  ): void {
    if (typeof message === 'number') {
      next(null, eventOf(message));
      return;
    }
    if (message === 'checkpoint') {
      void this.#checkpointReached(this, { commit: 1n, prepare: 1n }).then(() => {
        next(null);
      });
      return;
    }
    this.emit(message === 'caught-up' ? 'caughtUp' : 'fellBehind');
    next(null);
  }

  unsubscribe(): Promise<void> {
    this.isUnsubscribed = true;
    return Promise.resolve();
  }
}

interface Scene {
  readonly feed: ClientLogFeed;
  readonly subscription: TransformSubscription;
}

const sceneWith = (eventsBefore?: EventsBefore): Scene => {
  let subscription: TransformSubscription | undefined;
  const feed = new ClientLogFeed((checkpointReached) => {
    subscription = new TransformSubscription(checkpointReached);
    return subscription;
  }, eventsBefore);
  return { feed, subscription: subscription as TransformSubscription };
};

const messagesOf = (item: FeedItem): readonly Message[] => {
  switch (item.kind) {
    case 'events':
      return item.events.map(({ revision }) => Number(revision));
    case 'caught-up':
    case 'fell-behind':
    case 'checkpoint':
      return [item.kind];
    case 'silence':
    case 'over':
      return [];
  }
};

const patience = { silenceMs: 50, lingerMs: 0 };

/** What comes out of the feed when nobody takes anything before all of it has been sent. */
const through = async (
  messages: readonly Message[],
  eventsBefore?: EventsBefore,
): Promise<readonly Message[]> => {
  const { feed, subscription } = sceneWith(eventsBefore);
  for (const message of messages) subscription.write(message);
  await turn();
  const found: Message[] = [];
  while (found.length < messages.length) {
    const item = await feed.next(patience);
    if (item.kind === 'silence') break;
    found.push(...messagesOf(item));
  }
  feed.end();
  return found;
};

/** More events than the feed lets wait, so that some stay in the client's buffer, with marks among them. */
const longMessages = fc
  .record({
    first: fc.integer({ min: 1_990, max: 2_005 }),
    rest: fc.array(fc.constantFrom('event', 'caught-up', 'checkpoint', 'fell-behind'), { maxLength: 40 }),
  })
  .map(({ first, rest }): readonly Message[] => {
    let number = 0;
    const next = (): number => (number += 1);
    const events = Array.from({ length: first }, next);
    return [...events, ...rest.map((each): Message => (each === 'event' ? next() : (each as Message)))];
  });

describe('the feed of a subscription', () => {
  it('tells of marks after the events that came before them, whatever lies in buffers', async () => {
    await fc.assert(
      fc.asyncProperty(longMessages, async (messages) => {
        expect(await through(messages)).toEqual(messages);
      }),
      { numRuns: 25 },
    );
  });

  it('would tell of them too early if it believed the client’s own time of telling', async () => {
    const messages = [...Array.from({ length: 2_005 }, (_, index) => index + 1), 'checkpoint' as const];
    expect(await through(messages)).toEqual(messages);
    expect(await through(messages, (received) => received)).not.toEqual(messages);
  });

  it('takes no more than a few thousand events ahead of its reader', async () => {
    const { feed, subscription } = sceneWith();
    let taken = 0;
    for (; taken < 20_000 && subscription.write(taken); taken += 1) await turn();
    expect(taken).toBeGreaterThan(1_999);
    expect(taken).toBeLessThan(2_100);
    const item = await feed.next(patience);
    expect(messagesOf(item).length).toBeLessThanOrEqual(1_000);
    feed.end();
  });

  it('waits for a batch to grow, but no longer than it is told to', async () => {
    const { feed, subscription } = sceneWith();
    subscription.write(1);
    const first = feed.next({ silenceMs: 1_000, lingerMs: 30 });
    await turn();
    subscription.write(2);
    expect(messagesOf(await first)).toEqual([1, 2]);
    subscription.write(3);
    const second = feed.next({ silenceMs: 1_000, lingerMs: 60_000 });
    await turn();
    subscription.write('caught-up');
    expect(messagesOf(await second)).toEqual([3]);
    expect(messagesOf(await feed.next(patience))).toEqual(['caught-up']);
    feed.end();
  });

  it('is over when the subscription ends, fails or is closed, and hands out first what it holds', async () => {
    for (const how of ['end', 'error', 'close'] as const) {
      const { feed, subscription } = sceneWith();
      subscription.write(1);
      await turn();
      const error = new Error('dropped');
      subscription.emit(how, how === 'error' ? error : undefined);
      expect(messagesOf(await feed.next(patience))).toEqual([1]);
      expect(await feed.next(patience)).toEqual({ kind: 'over', error: how === 'error' ? error : undefined });
      feed.end();
    }
  });

  it('says so when nothing comes', async () => {
    const { feed } = sceneWith();
    expect(await feed.next({ silenceMs: 5, lingerMs: 0 })).toEqual({ kind: 'silence' });
    feed.end();
  });

  it('ends the subscription when it is ended, and wakes whoever waits', async () => {
    const { feed, subscription } = sceneWith();
    const waiting = feed.next({ silenceMs: 60_000, lingerMs: 0 });
    feed.end();
    expect(await waiting).toEqual({ kind: 'silence' });
    expect(subscription.isUnsubscribed).toBe(true);
  });
});
