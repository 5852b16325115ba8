import type { DomainEvent } from '../codecs/event-codec';
import type { Version } from '../event-store/event-store';
import { grownBy, type GrowingSet } from '../values/growing-set';
import type { Instant } from '../values/instant';
import type { JsonObject } from '../values/json';
import type { ProcessInput } from './process-manager';
import type { ProcessEvent } from './process-record';
import type { Uuid } from '../values/uuid';

/** An effect on record without an outcome: it is carried out, again if need be, until there is one. */
export interface PendingEffect<Effect> {
  readonly effect: Effect;
  /** How often it has been tried in vain. */
  readonly attempts: number;
  /** How many of them count no longer, since a person had it tried again. */
  readonly forgiven: number;
  /** Not before this instant; absent: at once. */
  readonly retryAt?: Instant;
  /** Why it waits for a person; absent: it does not. */
  readonly parked?: string;
}

/** What still has to be written of the reactions to an input. */
export interface OwedReactions<Input> {
  /** Absent between the announcement and the input itself. */
  readonly input?: Input;
  readonly written: number;
}

/** One instance of a process, rebuilt from its record. */
export interface ProcessInstance<State, Effect> {
  readonly state: State;
  readonly version: Version;
  readonly pending: ReadonlyMap<Uuid, PendingEffect<Effect>>;
  readonly deadlines: ReadonlyMap<string, Instant>;
  /** The events it was told, by their ids. */
  readonly inputs: GrowingSet<Uuid>;
  /** Everything it ever set out to do, by the effects' ids. */
  readonly intended: GrowingSet<Uuid>;
  /** Absent: everything that followed so far is written. */
  readonly owed?: OwedReactions<ProcessInput<unknown, Effect>>;
}

export const newProcessInstance = <State, Effect>(initialState: State): ProcessInstance<State, Effect> => ({
  state: initialState,
  version: 0,
  pending: new Map(),
  deadlines: new Map(),
  inputs: [],
  intended: [],
});

const without = <Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> => {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
};

/** What the process is told by an entry of its own record; most entries tell it nothing. */
export const inputOf = <Event extends DomainEvent, State, Effect extends JsonObject>(
  instance: ProcessInstance<State, Effect>,
  entry: ProcessEvent,
  decode: (received: Extract<ProcessEvent, { type: 'InputReceived' }>['data']) => Event,
): ProcessInput<Event, Effect> | undefined => {
  switch (entry.type) {
    case 'InputReceived':
      return { kind: 'event', event: decode(entry.data), recordedAt: entry.data.recordedAt };
    case 'EffectCompleted': {
      const { effectId, result, completedAt } = entry.data;
      const pending = instance.pending.get(effectId);
      return pending && { kind: 'effect-completed', effect: pending.effect, result, completedAt };
    }
    case 'EffectParked': {
      const { effectId, parkedAt } = entry.data;
      const pending = instance.pending.get(effectId);
      return pending && { kind: 'effect-parked', effect: pending.effect, parkedAt };
    }
    case 'DeadlineReached':
      return { kind: 'deadline-reached', ...entry.data };
    case 'EffectIntended':
    case 'EffectFailed':
    case 'EffectUnparked':
    case 'DeadlineSet':
    case 'DeadlineCancelled':
    case 'ReactionsBegun':
    case 'ReactionsEnded':
      return undefined;
  }
};

const isReaction = ({ type }: ProcessEvent): boolean =>
  type === 'EffectIntended' || type === 'DeadlineSet' || type === 'DeadlineCancelled';

/** What is owed after an entry, and the input that it told, if it told one. */
const owedAfter = <State, Effect>(
  { owed }: ProcessInstance<State, Effect>,
  entry: ProcessEvent,
  input: ProcessInput<unknown, Effect> | undefined,
): Pick<ProcessInstance<State, Effect>, 'owed'> => {
  if (entry.type === 'ReactionsBegun') return { owed: { written: 0 } };
  if (owed === undefined || entry.type === 'ReactionsEnded') return {};
  if (input !== undefined) return { owed: { ...owed, input } };
  return { owed: isReaction(entry) ? { ...owed, written: owed.written + 1 } : owed };
};

/** An instance after one more entry of its record, but for its state, which is the process's own affair. */
export const evolveInstance = <State, Effect extends JsonObject>(
  instance: ProcessInstance<State, Effect>,
  entry: ProcessEvent,
  input: ProcessInput<unknown, Effect> | undefined,
): ProcessInstance<State, Effect> => {
  const { owed: _, ...evolved } = evolveBookkeeping(instance, entry);
  return { ...evolved, ...owedAfter(instance, entry, input), version: instance.version + 1 };
};

const withPending = <State, Effect>(
  instance: ProcessInstance<State, Effect>,
  effectId: Uuid,
  change: (pending: PendingEffect<Effect>) => PendingEffect<Effect>,
): ProcessInstance<State, Effect> => {
  const pending = instance.pending.get(effectId);
  return pending === undefined
    ? instance
    : { ...instance, pending: new Map(instance.pending).set(effectId, change(pending)) };
};

/** The bookkeeping of an instance after one more entry of its record. */
const evolveBookkeeping = <State, Effect extends JsonObject>(
  instance: ProcessInstance<State, Effect>,
  entry: ProcessEvent,
): ProcessInstance<State, Effect> => {
  switch (entry.type) {
    case 'InputReceived':
      return { ...instance, inputs: grownBy(instance.inputs, entry.data.eventId) };
    case 'EffectIntended': {
      const { effectId, effect } = entry.data;
      const pending = { effect: effect as Effect, attempts: 0, forgiven: 0 };
      return {
        ...instance,
        pending: new Map(instance.pending).set(effectId, pending),
        intended: grownBy(instance.intended, effectId),
      };
    }
    case 'EffectCompleted':
      return { ...instance, pending: without(instance.pending, entry.data.effectId) };
    case 'EffectFailed': {
      const { effectId, attempt, retryAt } = entry.data;
      return withPending(instance, effectId, ({ effect, forgiven }) => ({
        effect,
        forgiven,
        attempts: attempt,
        retryAt,
      }));
    }
    case 'EffectParked': {
      const { effectId, reason } = entry.data;
      return withPending(instance, effectId, (pending) => ({
        ...pending,
        attempts: pending.attempts + 1,
        parked: reason,
      }));
    }
    case 'EffectUnparked':
      return withPending(instance, entry.data.effectId, ({ effect, attempts }) => ({
        effect,
        attempts,
        forgiven: attempts,
      }));
    case 'DeadlineSet': {
      const { deadline, dueAt } = entry.data;
      return { ...instance, deadlines: new Map(instance.deadlines).set(deadline, dueAt) };
    }
    case 'ReactionsBegun':
    case 'ReactionsEnded':
      return instance;
    case 'DeadlineCancelled':
    case 'DeadlineReached':
      return { ...instance, deadlines: without(instance.deadlines, entry.data.deadline) };
  }
};
