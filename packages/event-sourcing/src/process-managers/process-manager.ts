import type { DomainEvent, EventCodec } from '../codecs/event-codec';
import type { RecordedEvent } from '../event-store/event-store';
import type { Instant } from '../values/instant';
import type { JsonObject } from '../values/json';
import type { Uuid } from '../values/uuid';

/** Something a process is told: an event, the outcome of one of its own effects, a deadline that has come. */
export type ProcessInput<Event, Effect> =
  | { readonly kind: 'event'; readonly event: Event; readonly recordedAt: Instant }
  | {
      readonly kind: 'effect-completed';
      readonly effect: Effect;
      readonly result: JsonObject;
      readonly completedAt: Instant;
    }
  | { readonly kind: 'effect-parked'; readonly effect: Effect; readonly parkedAt: Instant }
  | { readonly kind: 'deadline-reached'; readonly deadline: string; readonly dueAt: Instant };

/** What a process asks for, as data. Nothing happens before the asking is on record. */
export type ProcessReaction<Effect> =
  | { readonly kind: 'effect'; readonly effect: Effect }
  | { readonly kind: 'set-deadline'; readonly deadline: string; readonly dueAt: Instant }
  | { readonly kind: 'cancel-deadline'; readonly deadline: string };

/**
 * The dual of a decider: inputs in, effects out, both as data. Pure, so that replaying its record rebuilds its
 * state and never acts again.
 */
export interface ProcessManager<Event extends DomainEvent, State, Effect extends JsonObject> {
  readonly name: string;
  readonly codec: EventCodec<Event>;
  readonly initialState: State;
  /** Which instance an event concerns; absent: none. */
  readonly instanceOf: (event: Event) => Uuid | undefined;
  /**
   * Which instance an event concerns that the codec cannot read, as far as that can be told from outside. That
   * instance stops there, and the others go on; absent: unknown, so all have to stop.
   */
  readonly instanceOfUnreadable?: (recorded: RecordedEvent) => Uuid | undefined;
  /**
   * What becomes of later inputs of an instance while one of its effects waits for a person. `wait`, the default: they are
   * taken in afterwards, so that all are judged in order. `take-in`: the instance goes on with everything else.
   */
  readonly inputsWhileParked?: 'wait' | 'take-in';
  readonly evolve: (state: State, input: ProcessInput<Event, Effect>) => State;
  readonly react: (
    stateAfter: State,
    input: ProcessInput<Event, Effect>,
  ) => readonly ProcessReaction<Effect>[];
}

/** What came of carrying out an effect. "Already done" is a completion, with the evidence there is. */
export type EffectOutcome =
  | { readonly outcome: 'completed'; readonly result: JsonObject }
  /** Worth another try later; the reason is a code like `store-unreachable`. */
  | { readonly outcome: 'failed'; readonly reason: string }
  /** No try will help: a person has to look at it. */
  | { readonly outcome: 'impossible'; readonly reason: string };

/**
 * Carries out effects. The same `effectId` may come again after a crash and must not act twice.
 *
 * Runners with leases hand on the epoch of theirs as `fencingToken`, which grows whenever another runner takes over:
 * whoever acts on the outside keeps the greatest he has seen, and refuses requests that bear a smaller one. They come
 * from a runner that stood still, on its way to the outside, for longer than its lease.
 */
export type EffectHandler<Effect> = (
  effect: Effect,
  effectId: Uuid,
  fencingToken?: number,
) => Promise<EffectOutcome>;
