import type { ProcessingDecision } from '@mandate/domain';
import type { Instant, Position } from '@mandate/event-sourcing';

type Allowance = Extract<ProcessingDecision, { decision: 'allow' }>;

/** For how long what was made of a contract's history is right: taken back as soon as the history goes on. */
export interface Validity {
  /** In milliseconds since 1970; half-open. */
  readonly fromMs: number;
  untilMs: number;
}

export interface PermitDetails {
  readonly bases: Allowance['bases'];
  readonly decidedAt: Position;
  readonly holdsFrom?: Instant;
  readonly holdsUntil?: Instant;
}

/**
 * The permission for an operation, with what it rests on (Art. 28(3)(a)). It can be kept beside what it permits, in a
 * queue, and looked at again before the operation is carried out, which takes nanoseconds.
 */
export class Permit implements Allowance {
  readonly decision = 'allow';
  readonly bases: Allowance['bases'];
  /** The last event of the contract that the decision knew. */
  readonly decidedAt: Position;
  /** From when on the same is permitted; absent: from the beginning of time. */
  readonly holdsFrom: Instant | undefined;
  /** Until when, unless a newer event of the contract arrives before; absent: without an end. */
  readonly holdsUntil: Instant | undefined;
  readonly #validity: Validity;

  constructor({ bases, decidedAt, holdsFrom, holdsUntil }: PermitDetails, validity: Validity) {
    this.bases = bases;
    this.decidedAt = decidedAt;
    this.holdsFrom = holdsFrom;
    this.holdsUntil = holdsUntil;
    this.#validity = validity;
    Object.freeze(this);
  }

  /** Whether a value is a permit that nothing has happened to, and that covers an instant (milliseconds since 1970). */
  static holds(permit: Permit, atMs: number): boolean {
    return #validity in permit && permit.#validity.fromMs <= atMs && atMs < permit.#validity.untilMs;
  }
}
