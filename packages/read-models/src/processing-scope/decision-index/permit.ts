import type { ProcessingDecision } from '@mandate/domain';
import type { Instant, Position } from '@mandate/event-sourcing';

type Allowance = Extract<ProcessingDecision, { decision: 'allow' }>;

export type Bases = Allowance['bases'];

/** Whose permits these are: those of another index hold for that one only. */
export interface Giver {
  readonly gives: 'permits';
}

/** For how long what was made of a contract's history is right: taken back as soon as the history goes on. */
export interface Validity {
  readonly giver: Giver;
  /** In milliseconds since 1970; half-open. */
  readonly fromMs: number;
  untilMs: number;
  /** The same as instants, without a bound where there is none; they are never taken back. */
  readonly from: Instant | undefined;
  readonly until: Instant | undefined;
  /** The last event of the contract that was known. */
  readonly decidedAt: Position;
}

/** Where the bases of a permit are found when somebody looks at them, by a number of its own. */
export interface BasesSource {
  readonly basesOf: (code: number) => Bases;
}

export interface PermitDetails {
  readonly bases: Bases;
  readonly decidedAt: Position;
  readonly holdsFrom: Instant | undefined;
  readonly holdsUntil: Instant | undefined;
}

/**
 * The permission for an operation, with what it rests on (Art. 28(3)(a)). It can be kept beside what it permits, in a
 * queue, and looked at again before the operation is carried out, which takes nanoseconds. Nothing of it can be written to.
 */
export class Permit implements Allowance {
  readonly #validity: Validity;
  readonly #source: BasesSource;
  readonly #code: number;

  constructor(validity: Validity, source: BasesSource, code: number) {
    this.#validity = validity;
    this.#source = source;
    this.#code = code;
  }

  get decision(): 'allow' {
    return 'allow';
  }

  get bases(): Bases {
    return this.#source.basesOf(this.#code);
  }

  /** The last event of the contract that the decision knew. */
  get decidedAt(): Position {
    return this.#validity.decidedAt;
  }

  /** From when on the same is permitted; absent: from the beginning of time. */
  get holdsFrom(): Instant | undefined {
    return this.#validity.from;
  }

  /** Until when, unless a newer event of the contract arrives before; absent: without an end. */
  get holdsUntil(): Instant | undefined {
    return this.#validity.until;
  }

  /** For logs and records. What is read back from it is no permit. */
  toJSON(): PermitDetails & { readonly decision: 'allow' } {
    const { decision, bases, decidedAt, holdsFrom, holdsUntil } = this;
    return { decision, bases, decidedAt, holdsFrom, holdsUntil };
  }

  /** Whether a permit of that giver covers an instant and was not taken back. Anything else is none. */
  static holds(permit: unknown, giver: Giver, atMs: number): boolean {
    if (typeof permit !== 'object' || permit === null || !(#validity in permit)) return false;
    const validity = permit.#validity;
    return validity.fromMs <= atMs && atMs < validity.untilMs && validity.giver === giver;
  }
}
