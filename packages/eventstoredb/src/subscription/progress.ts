import {
  positionOf,
  type EventFilter,
  type Position,
  type StoreId,
  type SubscriptionBatch,
} from '@mandate/event-sourcing';
import type { LogPlace } from '../client';
import { isAfter } from '../log-place';
import type { LogHead } from '../read/log-head';
import type { LookAhead } from '../read/look-ahead';
import { isSoundCheckpoint } from './checkpoint';

export interface ProgressOptions {
  readonly storeId: StoreId;
  readonly filter: EventFilter | undefined;
  readonly head: LogHead;
  readonly lookAhead: LookAhead;
}

/** While a subscription catches up, its checkpoints are looked up no more often than this. */
const checkpointPauseMs = 1_000;

/**
 * How far a subscription has come. Every place it gives out is that of an event, and all that is wanted up to there was
 * handed out before: what the server says of its own place is not believed, but used as a hint where to look.
 */
export class Progress {
  readonly #options: ProgressOptions;
  #place: LogPlace | undefined;
  #isSaid = false;
  #isLive = false;
  #lookedUpAt = -Infinity;

  constructor(options: ProgressOptions, place: LogPlace | undefined) {
    this.#options = options;
    this.#place = place;
  }

  get place(): LogPlace | undefined {
    return this.#place;
  }

  get position(): Position | undefined {
    return this.#place && positionOf(this.#options.storeId, this.#place.commit, this.#place.prepare);
  }

  get isLive(): boolean {
    return this.#isLive;
  }

  setLive(isLive: boolean): void {
    this.#isLive = isLive;
  }

  reach(place: LogPlace | undefined): void {
    if (place === undefined || !isAfter(place, this.#place)) return;
    this.#place = place;
    this.#isSaid = false;
  }

  /** The mark that there is no more, if that is so and was not said yet. */
  takeMark(): SubscriptionBatch | undefined {
    if (!this.#isLive || this.#isSaid) return undefined;
    this.#isSaid = true;
    return { kind: 'caught-up', next: this.position };
  }

  /**
   * Goes past what the filter left out, as far as that can be seen. True when there is something wanted ahead, which the
   * server has not sent yet.
   */
  async look(): Promise<boolean> {
    const { last, isWantedAhead, isAtHead } = await this.#options.lookAhead(
      this.#place,
      this.#options.filter,
    );
    this.reach(last);
    // Servers before 23.10 do not say that a subscription has caught up.
    if (isAtHead) this.#isLive = true;
    return isWantedAhead;
  }

  /**
   * Goes on after a checkpoint of the server. While there is much to come, to the last event before it, now and then; at
   * the head of the log, where so little lies ahead that it can be looked at, only as far as nothing wanted is there.
   */
  async lookUp(checkpoint: LogPlace): Promise<void> {
    if (!isSoundCheckpoint(checkpoint, this.#place)) return;
    if (this.#isLive) {
      await this.look();
      return;
    }
    if (performance.now() - this.#lookedUpAt < checkpointPauseMs) return;
    this.#lookedUpAt = performance.now();
    this.reach(await this.#options.head.lastPlaceBefore(checkpoint));
  }
}
