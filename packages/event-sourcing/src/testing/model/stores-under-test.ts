import assert from 'node:assert/strict';
import type { EventStore } from '../../event-store/event-store';
import type { EventStoreHarness } from '../conformance-test';
import type { Subscriber } from './subscriber';

/** The store under test: its handles, as many as processes, and who subscribes to it through them. */
export class StoresUnderTest {
  readonly patienceMs: number;
  readonly subscribers: Subscriber[] = [];
  readonly #harness: EventStoreHarness;
  readonly #handles: (EventStore | undefined)[] = [];
  readonly #crashed: EventStore[] = [];
  #storeId: string | undefined;

  constructor(harness: EventStoreHarness, patienceMs: number) {
    this.#harness = harness;
    this.patienceMs = patienceMs;
  }

  /** The handle of that number, opened when it is needed first. */
  async handle(which: number): Promise<EventStore> {
    return this.#handles[which] ?? (await this.#open(which));
  }

  /** Every handle that is open. */
  get handles(): readonly EventStore[] {
    return this.#handles.filter((handle) => handle !== undefined);
  }

  subscribersOf(which: number): readonly Subscriber[] {
    return this.subscribers.filter(({ through }) => through === which);
  }

  async restart(which: number): Promise<void> {
    const handle = await this.handle(which);
    await handle.close();
    for (const subscriber of this.subscribersOf(which)) await subscriber.endWithStore();
    await this.#reopen(which);
  }

  /** Ends the process of a handle without a word to anybody, and begins another one. */
  async crash(which: number): Promise<void> {
    const handle = await this.handle(which);
    this.#crashed.push(handle);
    await this.#harness.crash?.(handle);
    for (const subscriber of this.subscribersOf(which)) subscriber.abandon();
    await this.#reopen(which);
  }

  async dispose(): Promise<void> {
    for (const subscriber of this.subscribers) subscriber.abandon();
    for (const handle of [...this.handles, ...this.#crashed]) await handle.close();
    await this.#harness.dispose();
  }

  async #reopen(which: number): Promise<void> {
    const reopened = await this.#open(which);
    for (const subscriber of this.subscribersOf(which)) subscriber.goOnFrom(reopened);
  }

  async #open(which: number): Promise<EventStore> {
    const handle = await this.#harness.open();
    this.#handles[which] = handle;
    this.#storeId ??= handle.storeId;
    assert.equal(handle.storeId, this.#storeId, 'Expected the same store id of every handle.');
    return handle;
  }
}
