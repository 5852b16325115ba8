// The promises of a deletion, checked against nothing but the list of what the process was told.
import type { DataSetEvent } from '@mandate/domain';
import type { Deletion } from '../effect';
import type { DeletionEvent } from '../events';
import type { DeletionState } from '../state';
import { initialDeletion } from '../state';
import type { Input, Reaction } from './scenario';

/** The two halves of a process, so that a broken one can be put in the place of the real one. */
export interface Process {
  readonly evolve: (state: DeletionState, input: Input) => DeletionState;
  readonly react: (state: DeletionState, input: Input) => readonly Reaction[];
}

type About<Type extends DeletionEvent['type']> = Extract<DeletionEvent, { readonly type: Type }>;

const eventsIn = (inputs: readonly Input[]): readonly DeletionEvent[] => {
  const events = inputs.flatMap((input) => (input.kind === 'event' ? [input.event] : []));
  const first = events.findIndex(({ type }) => type === 'ContractConcluded');
  return first === -1 ? [] : events.slice(first);
};

/** What the process was told, with questions that any reader could ask of the list. */
const knowledge = (inputs: readonly Input[]) => {
  const events = eventsIn(inputs);
  const ofType = <Type extends DeletionEvent['type']>(type: Type): readonly About<Type>[] =>
    events.filter((event): event is About<Type> => event.type === type);
  const entrustedIds = [...new Set(ofType('DataSetEntrusted').map(({ data }) => data.dataSetId))];
  const about = (id: string): readonly (DeletionEvent & DataSetEvent)[] => {
    const own = events.filter(
      (event): event is DeletionEvent & DataSetEvent =>
        'dataSetId' in event.data && event.data.dataSetId === id,
    );
    return own.slice(
      Math.max(
        0,
        own.findIndex(({ type }) => type === 'DataSetEntrusted'),
      ),
    );
  };
  const has = (id: string, type: DeletionEvent['type']): boolean =>
    about(id).some((event) => event.type === type);
  const unerasedStores = (id: string): readonly string[] => {
    const own = about(id);
    const stores = own.flatMap((event): readonly string[] => {
      if (event.type === 'DataSetEntrusted') return event.data.stores.map(({ name }) => name);
      return event.type === 'StoreRegistered' ? [event.data.store.name] : [];
    });
    const erased = own.flatMap((event) => (event.type === 'StoreErased' ? [event.data.store as string] : []));
    return stores.filter((store) => !erased.includes(store));
  };
  const isRetained = (id: string, at: string): boolean => {
    const laws = new Map<string, string>();
    for (const event of about(id)) {
      if (event.type === 'RetentionLawApplied') laws.set(event.data.retentionId, event.data.until.at);
      if (event.type === 'RetentionLawLifted') laws.delete(event.data.retentionId);
    }
    return [...laws.values()].some((until) => at < until);
  };
  const isWithdrawn = (id: string, at: string): boolean =>
    about(id).some(({ type, data }) => type === 'DataSetWithdrawn' && data.endsAt.at <= at);
  const isNoticed = (): boolean =>
    events.findLastIndex(({ type }) => type === 'TerminationNoticeGiven') >
    events.findLastIndex(({ type }) => type === 'TerminationNoticeWithdrawn');
  const first = ofType('ContractConcluded')[0];
  const choice = ofType('EndOfServiceChosen').at(-1)?.data.choice ?? first?.data.endOfService;
  const concludedAt = inputs.findIndex(
    (input) => input.kind === 'event' && input.event.type === 'ContractConcluded',
  );
  const isDone = (step: Deletion['step']): boolean =>
    inputs
      .slice(concludedAt)
      .some((input) => input.kind === 'effect-completed' && input.effect.step === step);
  const isEnded = ofType('ContractTerminated').length > 0;
  return { has, unerasedStores, isRetained, isWithdrawn, isNoticed, choice, isDone, isEnded, entrustedIds };
};

const instantOf = (input: Input): string => {
  switch (input.kind) {
    case 'event':
      return input.recordedAt;
    case 'effect-completed':
      return input.completedAt;
    case 'effect-parked':
      return input.parkedAt;
    case 'deadline-reached':
      return input.dueAt;
  }
};

type Known = ReturnType<typeof knowledge>;
type Before = {
  readonly [Step in Deletion['step']]: (
    known: Known,
    effect: Extract<Deletion, { readonly step: Step }>,
    at: string,
  ) => boolean;
};

const isAccountedFor = (known: Known, id: string): boolean =>
  (['DeletionOrdered', 'KeysDestroyed', 'DataSetDeleted'] as const).every((type) => known.has(id, type)) &&
  known.unerasedStores(id).length === 0;

/** What has to come before each effect. */
const before: Before = {
  'terminate-contract': (known) => known.isNoticed() && !known.isEnded,
  freeze: (known) => known.isEnded,
  'order-deletion': (known, { dataSetId }, at) => {
    const isReturned = known.choice === 'delete' || known.has(dataSetId, 'ReturnAcknowledged');
    const isOver = (known.isEnded && known.isDone('freeze')) || known.isWithdrawn(dataSetId, at);
    return isOver && isReturned && !known.isRetained(dataSetId, at);
  },
  'destroy-keys': (known, { dataSetId }) => known.has(dataSetId, 'DeletionOrdered'),
  'erase-store': (known, { dataSetId }) => known.has(dataSetId, 'KeysDestroyed'),
  'delete-data-set': (known, { dataSetId }) =>
    known.has(dataSetId, 'KeysDestroyed') && known.unerasedStores(dataSetId).length === 0,
  'destroy-contract-key': (known) =>
    known.isEnded && known.entrustedIds.every((id) => known.has(id, 'DataSetDeleted')),
  certify: (known, { dataSets }) =>
    (['freeze', 'destroy-contract-key'] as const).every(known.isDone) &&
    known.entrustedIds.every((id) => isAccountedFor(known, id)) &&
    dataSets === known.entrustedIds.length,
};

const isInOrder = (effect: Deletion, inputs: readonly Input[], at: string): boolean =>
  (before[effect.step] as (known: Known, effect: Deletion, at: string) => boolean)(
    knowledge(inputs),
    effect,
    at,
  );

/** Every effect that a process asks for too early, by its step. */
export const broken = ({ evolve, react }: Process, inputs: readonly Input[]): readonly Deletion['step'][] => {
  let state = initialDeletion;
  const steps: Deletion['step'][] = [];
  for (const [index, input] of inputs.entries()) {
    state = evolve(state, input);
    for (const reaction of react(state, input)) {
      if (reaction.kind !== 'effect') continue;
      const isFine = isInOrder(reaction.effect, inputs.slice(0, index + 1), instantOf(input));
      if (!isFine) steps.push(reaction.effect.step);
    }
  }
  return steps;
};
