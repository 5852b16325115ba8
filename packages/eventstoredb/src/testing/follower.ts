import type { EventStore, SubscribeOptions, SubscriptionBatch } from '@mandate/event-sourcing';
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

/** Follows a store beside the test, and keeps what it is told. */
export class Follower {
  readonly batches: SubscriptionBatch[] = [];
  error: unknown;
  readonly #stop = new AbortController();
  readonly done: Promise<void>;

  constructor(store: EventStore, options: SubscribeOptions = {}) {
    this.done = this.#follow(store, options).catch((error: unknown) => {
      this.error = error;
    });
  }

  get ids(): readonly string[] {
    return this.batches.flatMap((batch) =>
      batch.kind === 'events' ? batch.events.map((each) => each.eventId) : [],
    );
  }

  get last(): SubscriptionBatch | undefined {
    return this.batches.at(-1);
  }

  async until(isEnough: () => boolean, patienceMs = 5_000): Promise<void> {
    const deadline = performance.now() + patienceMs;
    while (!isEnough() && performance.now() < deadline) await pause(5);
    assert.ok(isEnough(), 'Expected the follower to come so far in time.');
  }

  untilCaughtUp(count: number): Promise<void> {
    return this.until(() => this.ids.length >= count && this.last?.kind === 'caught-up');
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.done;
  }

  async #follow(store: EventStore, options: SubscribeOptions): Promise<void> {
    for await (const batch of store.subscribe({ ...options, signal: this.#stop.signal }))
      this.batches.push(batch);
  }
}
