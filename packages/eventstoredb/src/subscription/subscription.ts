import { setTimeout as pause } from 'node:timers/promises';
import {
  EventStoreError,
  eventStoreFailureOf,
  type EventFilter,
  type StoreId,
  type SubscribeOptions,
  type SubscriptionBatch,
} from '@mandate/event-sourcing';
import type { ClientRecordedEvent, Credentials, EventStoreDbClient } from '../client';
import { clientFailureOf } from '../client-failure';
import { isShown, recordedEventReader } from '../event-format';
import { isAfter, placeAt, positionAt } from '../log-place';
import { pauseBefore } from '../patience';
import type { LogHead } from '../read/log-head';
import type { LookAhead } from '../read/look-ahead';
import { ClientLogFeed, type FeedItem, type LogFeed } from './log-feed';
import { Progress } from './progress';
import { serverFilterOf } from './server-filter';

/** A subscription of the server has ended, and is made anew. */
export interface SubscriptionDrop {
  /** What ended it; undefined when the server ended it without saying why. */
  readonly error: unknown;
  /** How long it is waited before it is made anew: 0 when it had got on since the last time. */
  readonly pauseMs: number;
}

export interface SubscriptionContext {
  readonly client: EventStoreDbClient;
  readonly credentials: Credentials;
  readonly storeId: StoreId;
  readonly head: LogHead;
  readonly lookAhead: LookAhead;
  /** After so long without a word it is looked whether there is really nothing. */
  readonly silenceMs: number;
  readonly onDrop: (drop: SubscriptionDrop) => void;
}

/**
 * How long a batch waits for more events while a subscription catches up: whoever reads it writes once for every batch.
 * The mark of having caught up, or a full batch, ends the wait.
 */
const lingerMs = 100;

/**
 * How many subscriptions in vain are followed by the next one without a pause. Being too slow for a burst is the ordinary
 * flow of servers like 23.10, also for fast subscribers, and its error can overtake the events that came before it.
 */
const freeAttemptsAfter = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'type' in error && error.type === 'timeout' ? 10 : 0;

/** The server says nothing although there is something to say. */
class StalledError extends Error {
  override readonly name = 'StalledError';
}

type Outcome = 'go-on' | SubscriptionBatch | { readonly kind: 'dropped'; readonly error: unknown };

const isWorthAnother = (error: unknown): boolean => {
  const failure = eventStoreFailureOf(error);
  return failure?.kind === 'unavailable' && failure.retryable;
};

/** One subscription of the store, over as many of the client as it takes. */
export class LogSubscription {
  readonly #context: SubscriptionContext;
  readonly #filter: EventFilter | undefined;
  readonly #progress: Progress;
  readonly #stopping = new AbortController();
  #isFirst = true;
  /** How many subscriptions of the client were made since the last one that got on. */
  #vainAttempts = 0;

  constructor(context: SubscriptionContext, { after, filter }: SubscribeOptions) {
    this.#context = context;
    this.#filter = filter;
    this.#progress = new Progress({ ...context, filter }, placeAt(context.storeId, after));
  }

  /** Lets go of everything; whoever waits for a batch waits no longer. */
  stop(): void {
    this.#stopping.abort();
  }

  async *batches(): AsyncGenerator<SubscriptionBatch, void, undefined> {
    while (!this.#isStopped()) {
      try {
        await this.#requireReached();
        yield* this.#batchesOfOne(this.#feed());
      } catch (error) {
        if (this.#isStopped()) return;
        // What cannot be read at the beginning is the caller's to know; later on it is waited for.
        if (this.#isFirst || !isWorthAnother(error)) throw error;
        await this.#waitAfter(error);
      }
    }
  }

  #isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #requireReached(): Promise<void> {
    const { place } = this.#progress;
    if (place !== undefined) await this.#context.head.requireReached(place);
    this.#isFirst = false;
  }

  #feed(): LogFeed {
    const { client, credentials } = this.#context;
    this.#progress.setLive(false);
    return new ClientLogFeed((checkpointReached) =>
      client.subscribeToAll({
        fromPosition: this.#progress.place ?? 'start',
        filter: serverFilterOf(this.#filter, checkpointReached),
        credentials,
        requiresLeader: false,
      }),
    );
  }

  /** Everything of one subscription of the client; returns when that was dropped or the store's is stopped. */
  async *#batchesOfOne(feed: LogFeed): AsyncGenerator<SubscriptionBatch, void, undefined> {
    const endFeed = (): void => {
      feed.end();
    };
    this.#stopping.signal.addEventListener('abort', endFeed);
    try {
      while (!this.#isStopped()) {
        const outcome = await this.#nextOf(feed);
        if (outcome === 'go-on' || this.#isStopped()) continue;
        if (outcome.kind === 'dropped') {
          await this.#waitAfter(outcome.error);
          return;
        }
        yield outcome;
      }
    } finally {
      this.#stopping.signal.removeEventListener('abort', endFeed);
      endFeed();
    }
  }

  /** Waits before the next subscription of the client, unless the last one got on. */
  async #waitAfter(error: unknown): Promise<void> {
    const failure = clientFailureOf(error);
    if (failure.kind === 'refused') {
      const refusal = { kind: 'unavailable', retryable: false, reason: failure.reason } as const;
      throw new EventStoreError(refusal, { cause: error });
    }
    const pauseMs = pauseBefore(Math.max(0, this.#vainAttempts - freeAttemptsAfter(error)));
    this.#vainAttempts += 1;
    this.#context.onDrop({ error, pauseMs });
    if (pauseMs > 0)
      await pause(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  async #nextOf(feed: LogFeed): Promise<Outcome> {
    const mark = feed.isEmpty() ? this.#progress.takeMark() : undefined;
    if (mark !== undefined) return mark;
    const item = await feed.next({
      silenceMs: this.#context.silenceMs,
      lingerMs: this.#progress.isLive ? 0 : lingerMs,
    });
    return this.#isStopped() ? 'go-on' : this.#take(item, feed);
  }

  async #take(item: FeedItem, feed: LogFeed): Promise<Outcome> {
    switch (item.kind) {
      case 'events':
        return this.#takeEvents(item.events);
      case 'checkpoint':
        // With events right behind it, the place is known better in a moment.
        if (feed.isEmpty()) await this.#unlessStopped(this.#progress.lookUp(item.place));
        return 'go-on';
      case 'caught-up':
        this.#vainAttempts = 0;
        this.#progress.setLive(true);
        if (feed.isEmpty()) await this.#unlessStopped(this.#progress.look());
        return 'go-on';
      case 'fell-behind':
        this.#progress.setLive(false);
        return 'go-on';
      case 'silence': {
        const isWantedAhead = await this.#unlessStopped(this.#progress.look());
        if (isWantedAhead !== true || !feed.isEmpty()) return 'go-on';
        return { kind: 'dropped', error: new StalledError('Events were recorded, but none arrived.') };
      }
      case 'over':
        return { kind: 'dropped', error: item.error };
    }
  }

  #takeEvents(received: readonly ClientRecordedEvent[]): Outcome {
    const { storeId } = this.#context;
    const toEvent = recordedEventReader(storeId);
    const reached = this.#progress.place;
    const fresh = received.filter(({ position }) => position === undefined || isAfter(position, reached));
    const events = fresh.filter((event) => isShown(this.#filter, event)).map(toEvent);
    const last = fresh.at(-1)?.position;
    if (last === undefined) return 'go-on';
    this.#vainAttempts = 0;
    this.#progress.reach(last);
    return events.length === 0 ? 'go-on' : { kind: 'events', events, next: positionAt(storeId, last) };
  }

  /** The answer of a look at the store, or nothing when it is no longer asked for. */
  async #unlessStopped<T>(look: Promise<T>): Promise<T | undefined> {
    const { signal } = this.#stopping;
    let stop = (): void => undefined;
    const stopped = new Promise<undefined>((resolve) => {
      stop = () => {
        resolve(undefined);
      };
      signal.addEventListener('abort', stop);
    });
    try {
      return await Promise.race([look, stopped]);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }
}
