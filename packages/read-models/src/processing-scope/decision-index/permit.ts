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
  readonly holdsFrom: Instant | undefined;
  readonly holdsUntil: Instant | undefined;
}

/** Whose permits these are: those of another index hold for that one only. */
export interface Giver {
  readonly gives: 'permits';
}

/**
 * The permission for an operation, with what it rests on (Art. 28(3)(a)). It can be kept beside what it permits, in a
 * queue, and looked at again before the operation is carried out, which takes nanoseconds. Many callers may have the same
 * one, so nothing of it can be written to.
 */
export class Permit implements Allowance {
  readonly #details: PermitDetails;
  readonly #validity: Validity;
  readonly #giver: Giver;

  constructor(details: PermitDetails, validity: Validity, giver: Giver) {
    this.#details = details;
    this.#validity = validity;
    this.#giver = giver;
  }

  get decision(): 'allow' {
    return 'allow';
  }

  get bases(): Allowance['bases'] {
    return this.#details.bases;
  }

  /** The last event of the contract that the decision knew. */
  get decidedAt(): Position {
    return this.#details.decidedAt;
  }

  /** From when on the same is permitted; absent: from the beginning of time. */
  get holdsFrom(): Instant | undefined {
    return this.#details.holdsFrom;
  }

  /** Until when, unless a newer event of the contract arrives before; absent: without an end. */
  get holdsUntil(): Instant | undefined {
    return this.#details.holdsUntil;
  }

  /** For logs and records. What is read back from it is no permit. */
  toJSON(): PermitDetails & { readonly decision: 'allow' } {
    return { decision: 'allow', ...this.#details };
  }

  /** Whether a permit of that giver covers an instant and was not taken back. Anything else is none. */
  static holds(permit: unknown, giver: Giver, atMs: number): boolean {
    if (typeof permit !== 'object' || permit === null || !(#validity in permit)) return false;
    const validity = permit.#validity;
    return permit.#giver === giver && validity.fromMs <= atMs && atMs < validity.untilMs;
  }
}
