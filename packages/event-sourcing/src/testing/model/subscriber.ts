import assert from 'node:assert/strict';
import { isWanted } from '../../event-store/event-filter';
import type {
  EventFilter,
  EventStore,
  RecordedEvent,
  SubscriptionBatch,
} from '../../event-store/event-store';
import { comparePositions, type Position } from '../../event-store/position';
import { within } from '../conformance/follow';
import { refusesWith } from '../conformance/refusal';
import type { Entry, History } from './history';

type Batches = AsyncIterator<SubscriptionBatch, void, undefined>;

interface Question {
  readonly askedAt: number;
  readonly answer: Promise<IteratorResult<SubscriptionBatch, void>>;
}

export interface SubscriberOptions {
  readonly history: History;
  readonly filter: EventFilter;
  readonly start: { readonly after: Position | undefined; readonly index: number };
  /** Which handle it reads through. */
  readonly through: number;
  readonly patienceMs: number;
}

/**
 * A reader of a subscription that asks for one batch after the other, remembers how far it is, and knows from the
 * history what it has to be told. A slow one: between two batches anything may happen.
 */
export class Subscriber {
  readonly through: number;
  readonly #history: History;
  readonly #filter: EventFilter;
  readonly #patienceMs: number;
  #batches: Batches;
  #stop = new AbortController();
  #question: Question | undefined;
  /** When the batch before was asked for: a mark may tell of the log as it was then. */
  #askedBefore: number;
  #checkpoint: Position | undefined;
  /** The place in the list up to which everything is settled. */
  #reached: number;
  #isCaughtUp = false;

  constructor(store: EventStore, { history, filter, start, through, patienceMs }: SubscriberOptions) {
    this.#history = history;
    this.#filter = filter;
    this.#checkpoint = start.after;
    this.#reached = start.index;
    this.through = through;
    this.#patienceMs = patienceMs;
    this.#askedBefore = history.moment();
    this.#batches = this.#subscribe(store);
  }

  /** Goes on behind the last batch, as a process does that has kept its checkpoint. */
  goOnFrom(store: EventStore): void {
    this.#stop = new AbortController();
    this.#question = undefined;
    this.#isCaughtUp = false;
    this.#askedBefore = this.#history.moment();
    this.#batches = this.#subscribe(store);
  }

  #subscribe(store: EventStore): Batches {
    const options = { after: this.#checkpoint, filter: this.#filter, signal: this.#stop.signal };
    const batches = store.subscribe(options);
    return batches[Symbol.asyncIterator]() as Batches;
  }

  /** Asks for the next batch without waiting for it. */
  ask(): Question {
    if (this.#question !== undefined) return this.#question;
    const [askedAt, answer] = [this.#history.moment(), this.#batches.next()];
    // Whoever takes the answer meets its failure; until then it must not count as unhandled.
    answer.catch(() => undefined);
    return (this.#question = { askedAt, answer });
  }

  /** Reads until everything wanted has come, and the mark behind it. */
  async readToHead(): Promise<void> {
    while (!this.#isCaughtUp || this.#missing().length > 0) {
      assert.ok(await this.#take(), 'Expected the subscription to go on, but it ended.');
    }
  }

  /** Takes one batch, if there is anything to come. */
  async readOne(): Promise<void> {
    if (this.#isCaughtUp && this.#missing().length === 0) return;
    assert.ok(await this.#take(), 'Expected the subscription to go on, but it ended.');
  }

  /** Ends it: by the signal, or, where no batch is asked for, by leaving the loop. */
  async cancel(how: 'signal' | 'leave'): Promise<void> {
    const hasAsked = this.#question !== undefined;
    if (how === 'signal' || hasAsked) this.#stop.abort();
    else await this.#within(Promise.resolve(this.#batches.return?.()));
    // What was asked for before may still come, what is asked for now does not.
    if (hasAsked && !(await this.#take())) return;
    assert.ok(!(await this.#take()), 'Expected the cancelled subscription to end, but it delivered a batch.');
  }

  /** Sees that it ends together with its store. */
  async endWithStore(): Promise<void> {
    for (let batches = 0; ; batches += 1) {
      const { answer } = this.ask();
      if (await this.#within(answer.then(() => false).catch(() => true))) {
        await refusesWith(answer, 'store-closed');
        return;
      }
      assert.ok(await this.#take(), 'Expected the subscription of a closed store to fail, but it ended.');
      assert.ok(batches < 3, 'Expected the subscription of a closed store to fail, but it goes on.');
    }
  }

  /** The process in which it ran is gone: whatever it had asked for never arrives. */
  abandon(): void {
    this.#stop.abort();
  }

  #within<T>(answer: Promise<T>): Promise<T> {
    return within(this.#patienceMs, 'the subscription to deliver', answer);
  }

  async #take(): Promise<boolean> {
    const { askedAt, answer } = this.ask();
    const { value, done } = await this.#within(answer);
    this.#question = undefined;
    if (done === true) return false;
    if (value.kind === 'events') this.#takeEvents(value.events, askedAt);
    else this.#takeMark();
    this.#takeNext(value.next);
    this.#isCaughtUp = value.kind === 'caught-up';
    this.#askedBefore = askedAt;
    return true;
  }

  #takeEvents(events: readonly RecordedEvent[], askedAt: number): void {
    assert.ok(events.length > 0, 'Expected a batch of events to hold some.');
    for (const event of events) {
      const index = this.#history.entries.findIndex(
        (entry, place) => place >= this.#reached && entry.event.eventId === event.eventId,
      );
      const entry = this.#history.entries[index];
      assert.ok(
        entry !== undefined,
        'Expected an event that comes next, found one of before, or an unknown one.',
      );
      assert.deepEqual(event, entry.event);
      assert.ok(isWanted(this.#filter, event), 'Expected events that the filter asks for only.');
      assert.ok(
        (entry.erasedAt ?? Infinity) > askedAt,
        'Expected no event of a stream that was erased before.',
      );
      this.#expectNoneMissing((_, place) => place < index, 'before one that came');
      this.#reached = index + 1;
    }
  }

  #takeMark(): void {
    this.#expectNoneMissing(({ recordedAt }) => recordedAt < this.#askedBefore, 'at the mark');
  }

  #takeNext(next: Position | undefined): void {
    if (next === undefined) return;
    const last = this.#history.entries[this.#reached - 1]?.event.position;
    assert.ok(last === undefined || comparePositions(next, last) >= 0, 'Expected to go on behind what came.');
    this.#expectNoneMissing(
      ({ event }) => comparePositions(event.position, next) <= 0,
      'before the place to go on from',
    );
    this.#checkpoint = next;
  }

  /** What is wanted, is there, and has not come. */
  #missing(): readonly (readonly [Entry, place: number])[] {
    return [...this.#history.entries.entries()]
      .slice(this.#reached)
      .map(([place, entry]) => [entry, place] as const)
      .filter(([{ event, erasedAt }]) => erasedAt === undefined && isWanted(this.#filter, event));
  }

  #expectNoneMissing(isMeant: (entry: Entry, place: number) => boolean, where: string): void {
    const missing = this.#missing().filter(([entry, place]) => isMeant(entry, place));
    assert.deepEqual(
      missing.map(([{ event }]) => event),
      [],
      `Expected no event to be missing ${where}, found ${missing.length}.`,
    );
  }
}
