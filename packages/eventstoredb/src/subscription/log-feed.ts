import type {
  CheckpointReached,
  ClientRecordedEvent,
  ClientResolvedEvent,
  ClientSubscription,
  LogPlace,
} from '../client';

/** What one subscription of the client has to say, in the order in which it is true. */
export type FeedItem =
  | { readonly kind: 'events'; readonly events: readonly ClientRecordedEvent[] }
  /** Everything up to here has been looked at. */
  | { readonly kind: 'checkpoint'; readonly place: LogPlace }
  | { readonly kind: 'caught-up' }
  | { readonly kind: 'fell-behind' }
  /** Nothing has arrived for a while. */
  | { readonly kind: 'silence' }
  /** It will not go on. Without an error the server has ended it. */
  | { readonly kind: 'over'; readonly error: unknown };

export interface FeedPatience {
  /** After so long without anything there is `silence`. */
  readonly silenceMs: number;
  /** How long a batch of events may wait for more. */
  readonly lingerMs: number;
}

export interface LogFeed {
  /** The next thing, at once or when it arrives. */
  readonly next: (patience: FeedPatience) => Promise<FeedItem>;
  /** Whether the next thing would have to be waited for. */
  readonly isEmpty: () => boolean;
  readonly end: () => void;
}

type Signal = FeedItem & { readonly kind: 'checkpoint' | 'caught-up' | 'fell-behind' | 'over' };

/**
 * How many events will have been handed out before a signal is true. The client tells of a caught-up mark or a
 * checkpoint when it arrives, while events that came before may still lie in its buffer.
 */
export type EventsBefore = (eventsReceived: number, eventsInBuffer: number) => number;

const countBuffered: EventsBefore = (eventsReceived, eventsInBuffer) => eventsReceived + eventsInBuffer;

/** When so many events wait here, no more are taken from the client, which then takes no more from the server. */
const waitingMax = 2_000;
const waitingFew = 500;
/** The largest batch that is handed out. */
const batchMax = 1_000;

const ignore = (): void => undefined;

export class ClientLogFeed implements LogFeed {
  readonly #subscription: ClientSubscription;
  readonly #eventsBefore: EventsBefore;
  readonly #items: FeedItem[] = [];
  #batch: ClientRecordedEvent[] = [];
  #received = 0;
  #waiting = 0;
  #isPaused = false;
  #isOver = false;
  #signals: { readonly after: number; readonly signal: Signal }[] = [];
  #wake: () => void = ignore;

  constructor(
    subscribe: (checkpointReached: CheckpointReached) => ClientSubscription,
    eventsBefore: EventsBefore = countBuffered,
  ) {
    this.#eventsBefore = eventsBefore;
    this.#subscription = subscribe((_, place) => {
      this.#signal({ kind: 'checkpoint', place });
      return Promise.resolve();
    });
    this.#subscription.on('error', (error) => {
      this.#signal({ kind: 'over', error });
    });
    this.#subscription.on('end', () => {
      this.#signal({ kind: 'over', error: undefined });
    });
    this.#subscription.on('close', () => {
      this.#signal({ kind: 'over', error: undefined });
    });
    this.#subscription.on('caughtUp', () => {
      this.#signal({ kind: 'caught-up' });
    });
    this.#subscription.on('fellBehind', () => {
      this.#signal({ kind: 'fell-behind' });
    });
    this.#subscription.on('data', (resolved) => {
      this.#receive(resolved);
    });
  }

  isEmpty(): boolean {
    return this.#items.length === 0 && this.#signals.length === 0 && this.#subscription.readableLength === 0;
  }

  async next({ silenceMs, lingerMs }: FeedPatience): Promise<FeedItem> {
    if (this.#items.length === 0) await this.#untilWoken(silenceMs);
    if (this.#mayGrow() && lingerMs > 0) await this.#untilWoken(lingerMs);
    const item = this.#items.shift();
    if (item === undefined) return { kind: 'silence' };
    if (item.kind === 'events') this.#handOut(item.events);
    return item;
  }

  end(): void {
    this.#isOver = true;
    this.#wake();
    this.#subscription.unsubscribe().catch(ignore);
    // What is left in the client's buffer goes nowhere, so that the call can end.
    this.#subscription.resume();
  }

  /** Whether the next thing is a batch that is not full, with nothing behind it. */
  #mayGrow(): boolean {
    return this.#items.length === 1 && this.#items[0]?.kind === 'events' && this.#batch.length < batchMax;
  }

  #untilWoken(silenceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, silenceMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #handOut(events: readonly ClientRecordedEvent[]): void {
    if (events === this.#batch) this.#batch = [];
    this.#waiting -= events.length;
    if (!this.#isPaused || this.#waiting > waitingFew) return;
    this.#isPaused = false;
    this.#subscription.resume();
  }

  #receive({ event }: ClientResolvedEvent): void {
    if (this.#isOver) return;
    this.#received += 1;
    if (event !== undefined) this.#keep(event);
    while (this.#signals[0] !== undefined && this.#signals[0].after <= this.#received) {
      this.#add((this.#signals.shift() as { readonly signal: Signal }).signal);
    }
    if (this.#waiting < waitingMax || this.#isPaused) return;
    this.#isPaused = true;
    this.#subscription.pause();
  }

  /** Adds an event to the last batch, if nothing came after that. */
  #keep(event: ClientRecordedEvent): void {
    this.#waiting += 1;
    const last = this.#items.at(-1);
    if (last?.kind === 'events' && last.events === this.#batch && this.#batch.length < batchMax) {
      this.#batch.push(event);
      if (this.#batch.length === batchMax) this.#wake();
      return;
    }
    this.#batch = [event];
    this.#add({ kind: 'events', events: this.#batch });
  }

  #signal(signal: Signal): void {
    if (this.#isOver) return;
    const after = this.#eventsBefore(this.#received, this.#subscription.readableLength);
    if (after <= this.#received && this.#signals.length === 0) this.#add(signal);
    else this.#signals.push({ after, signal });
  }

  #add(item: FeedItem): void {
    if (this.#isOver) return;
    if (item.kind === 'over') this.#isOver = true;
    this.#items.push(item);
    this.#wake();
  }
}
