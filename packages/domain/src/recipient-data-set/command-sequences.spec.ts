import { describe, expect, it } from '@jest/globals';
import type { Instant } from '@mandate/event-sourcing';
import fc from 'fast-check';
import { arbitraryDataSetCommand, nth, runs } from '../testing';
import {
  acknowledging,
  adding,
  archive,
  conflicting,
  contractId,
  dataSetFacts,
  dataSetId,
  day,
  deleting,
  destroyingKeys,
  entrusting,
  erasing,
  erasingStore,
  flawsOf,
  followers,
  index,
  lifting,
  noonOf,
  ordering,
  queue,
  receipt,
  registering,
  removing,
  restricting,
  retaining,
  returning,
  unitedStates,
  unrestricting,
  walk,
  whenDeleting,
  whenReturning,
  type Step,
  type ToldOfDataSet,
  type Walk,
} from '../testing/scenery';
import type { DataSetCommand } from './commands';
import type { DataSetEvent } from './events';
import { recipientDataSet, type DataSetFacts } from './index';
import { explainDataSetRejection, type DataSetRejection } from './rejections';
import type { RecipientDataSet } from './state';

type DataSetWalk = Walk<RecipientDataSet, DataSetEvent, DataSetRejection>;

const everyday: readonly ToldOfDataSet[] = [
  adding(3),
  removing(2),
  removing(9),
  erasing(nth.erasureRequestId(1)),
  erasing(nth.erasureRequestId(2)),
  registering(queue),
  restricting(noonOf('2026-02-03')),
  unrestricting(noonOf('2026-02-04')),
  restricting(noonOf('2026-02-05')),
  retaining(day('2031-01-01')),
  lifting(noonOf('2026-02-06')),
  conflicting(unitedStates, nth.retentionId(2)),
  returning,
  acknowledging,
];
const lastThings: readonly ToldOfDataSet[] = [
  ordering(),
  erasingStore(archive),
  erasingStore(archive, receipt(10, 9)),
  erasingStore(index),
  erasingStore(queue),
  destroyingKeys,
  deleting,
  deleting,
];

// Once in a while a command that makes no sense where it comes.
const senseless = arbitraryDataSetCommand.map(
  (command) => ({ ...command, data: { ...command.data, contractId, dataSetId } }) as DataSetCommand,
);

const commandFrom = (all: readonly ToldOfDataSet[]): fc.Arbitrary<DataSetCommand> =>
  fc.constantFrom(...all).map(({ command }) => command);

type DataSetStep = Step<DataSetCommand, DataSetFacts>;

const phase = (
  command: fc.Arbitrary<DataSetCommand>,
  facts: readonly DataSetFacts[],
  maxLength: number,
): fc.Arbitrary<DataSetStep[]> =>
  fc.array(fc.record({ command, facts: fc.constantFrom(...facts) }), { maxLength, size: 'max' });

const facts = [dataSetFacts(), whenDeleting, whenReturning] as const;

/** Everyday life, then mostly what belongs to a deletion. */
const arbitrarySteps: fc.Arbitrary<readonly DataSetStep[]> = fc
  .tuple(
    fc.constantFrom(entrusting(), entrusting({ recipients: 1 })),
    phase(fc.oneof({ weight: 9, arbitrary: commandFrom(everyday) }, senseless), facts, 15),
    phase(
      fc.oneof({ weight: 9, arbitrary: commandFrom(lastThings) }, commandFrom(everyday), senseless),
      [whenDeleting, whenDeleting, whenReturning],
      25,
    ),
  )
  .map(([{ command }, ...phases]) => [{ command, facts: facts[0] }, ...phases.flat()]);

const typesOf = ({ events }: DataSetWalk): readonly string[] => events.map(({ type }) => type);

const registeredIn = ({ events }: DataSetWalk): readonly string[] =>
  events.flatMap((event) => {
    if (event.type === 'DataSetEntrusted') return event.data.stores.map(({ name }) => name);
    return event.type === 'StoreRegistered' ? [event.data.store.name] : [];
  });

const erasedIn = ({ events }: DataSetWalk): readonly string[] =>
  events.flatMap((event) => (event.type === 'StoreErased' ? [event.data.store] : []));

const isDeleted = (walked: DataSetWalk): boolean => typesOf(walked).includes('DataSetDeleted');

const laws: Readonly<Record<string, (walked: DataSetWalk) => boolean>> = {
  'nothing follows its deletion': (walked) =>
    followers(typesOf(walked), (type) => type === 'DataSetDeleted').length === 0,
  'there are never fewer recipients than none': ({ states }) =>
    states.every((state) => state.status === 'none' || state.record.recipients >= 0),
  'it is deleted only after its keys were destroyed': (walked) =>
    !isDeleted(walked) || typesOf(walked).includes('KeysDestroyed'),
  'it is deleted only after every registered store was erased': (walked) =>
    !isDeleted(walked) || registeredIn(walked).every((store) => erasedIn(walked).includes(store)),
  'nothing is destroyed before it is written down': (walked) => {
    const destroyed = ['StoreErased', 'KeysDestroyed', 'DataSetDeleted'];
    const first = typesOf(walked).findIndex((type) => destroyed.includes(type));
    return first < 0 || typesOf(walked).slice(0, first).includes('DeletionOrdered');
  },
  'a store is erased once': (walked) => new Set(erasedIn(walked)).size === erasedIn(walked).length,
};

type DataSetDecider = typeof recipientDataSet;
type Deleting = Extract<RecipientDataSet, { status: 'deletion-ordered' }>;

/** A data set that decides as if its state were another one. */
const mistaking = (mistake: (state: RecipientDataSet) => RecipientDataSet): DataSetDecider => ({
  ...recipientDataSet,
  decide: (command, state, given) => recipientDataSet.decide(command, mistake(state), given),
});

const whileDeleting = (mistake: (state: Deleting) => Partial<Deleting['deletion']>): DataSetDecider =>
  mistaking((state) =>
    state.status === 'deletion-ordered'
      ? { ...state, deletion: { ...state.deletion, ...mistake(state) } }
      : state,
  );

const mutants: Readonly<Record<keyof typeof laws, DataSetDecider>> = {
  'nothing follows its deletion': mistaking((state) =>
    state.status === 'deleted' ? { status: 'held', record: state.record } : state,
  ),
  'there are never fewer recipients than none': mistaking((state) =>
    state.status === 'held'
      ? { ...state, record: { ...state.record, recipients: state.record.recipients + 1 } }
      : state,
  ),
  'it is deleted only after its keys were destroyed': whileDeleting(() => ({
    keysDestroyedAt: '2026-03-31T00:00:00.000Z' as Instant,
  })),
  'it is deleted only after every registered store was erased': whileDeleting(({ deletion }) =>
    deletion.erased.has(archive) ? { erased: new Set([archive, index, queue]) } : {},
  ),
  'nothing is destroyed before it is written down': mistaking((state) => {
    if (state.status !== 'held') return state;
    const deletion = { deadline: day('2026-04-29'), erased: new Set<never>() };
    return { status: 'deletion-ordered', record: state.record, deletion };
  }),
  'a store is erased once': whileDeleting(() => ({ erased: new Set() })),
};

describe.each(Object.entries(laws))('whatever a data set is told: %s', (title, law) => {
  const property = (decider: DataSetDecider) =>
    fc.property(arbitrarySteps, (steps) => law(walk(decider, steps)));

  it('holds', () => fc.assert(property(recipientDataSet), runs(300)));

  it('would be found out otherwise', () => {
    const attempt = { seed: 20_260_329, numRuns: 1000, endOnFailure: true };
    expect(fc.check(property(mutants[title]!), attempt).failed).toBe(true);
  });
});

describe('whatever a data set is told', () => {
  it('a refusal explains itself and quotes nothing', () => {
    fc.assert(
      fc.property(arbitrarySteps, (steps) => {
        const { rejections } = walk(recipientDataSet, steps);
        expect(rejections.flatMap((found) => flawsOf(found, explainDataSetRejection(found)))).toEqual([]);
      }),
      runs(100),
    );
  });

  it('it is deleted now and then, so that these laws say something', () => {
    const walks = fc.sample(arbitrarySteps, { seed: 20_260_329, numRuns: 300 });
    const deletions = walks.filter((steps) => isDeleted(walk(recipientDataSet, steps)));
    expect(deletions.length).toBeGreaterThan(5);
  });
});
