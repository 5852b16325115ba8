import type { Instant } from '@mandate/event-sourcing';
import type { DeletionOverview, OutstandingDeletion, OverseenDataSet, Processor } from '@mandate/processor';
import { complaintsWhere } from './complaints';
import { isRefusing } from './plan';
import type { Seen } from './seen';
import {
  hasEnded,
  hear,
  isOwedBack,
  lawInForce,
  setWith,
  type Engagement,
  type EntrustedSet,
  type World,
} from './world';

/** One contract at a moment at which nothing is due. */
interface Standing {
  readonly engagement: Engagement;
  readonly seen: Seen;
  readonly now: Instant;
  readonly overview: DeletionOverview | undefined;
  readonly outstanding: readonly OutstandingDeletion[];
}

const sorted = (names: Iterable<string>): string => [...names].toSorted().join(' ');

/** The stores that have not acknowledged, by the log alone. */
const openStores = (set: EntrustedSet, { erased }: Seen): string =>
  sorted([...set.stores].filter((store) => erased.get(set.dataSetId)?.has(store) !== true));

const overseen = ({ overview }: Standing, { dataSetId }: EntrustedSet): OverseenDataSet | undefined =>
  overview?.standing === 'being-deleted'
    ? overview.dataSets.find((dataSet) => (dataSet.dataSetId as string) === dataSetId)
    : undefined;

/** What a data set must be said to wait for. */
const expectedWait = (standing: Standing, set: EntrustedSet): string => {
  const { engagement, seen, now, outstanding } = standing;
  if (!seen.ordered.has(set.dataSetId)) {
    if (isOwedBack(engagement, set)) return 'acknowledgement-of-return';
    if (lawInForce(set, now)) return 'retention-law';
  } else if (seen.keysDestroyed.has(set.dataSetId)) {
    const open = openStores(set, seen);
    if (open !== '') return `stores ${open}`;
  }
  // A step that failed is tried again: one of this data set, or one of the whole contract.
  const isUnderWay = outstanding.some(
    ({ dataSetId }) => dataSetId === undefined || dataSetId === set.dataSetId,
  );
  return isUnderWay ? 'next-step' : 'nothing, with no step outstanding';
};

const saidWait = (dataSet: OverseenDataSet | undefined): string => {
  if (dataSet === undefined) return 'not named';
  return dataSet.waitsFor === 'stores' ? `stores ${sorted(dataSet.stores)}` : dataSet.waitsFor;
};

const complaintsAboutSet = (standing: Standing, set: EntrustedSet): readonly string[] => {
  const { seen, outstanding } = standing;
  const dataSet = overseen(standing, set);
  if (seen.deleted.has(set.dataSetId))
    return dataSet === undefined ? [] : ['a deleted data set is in the overview'];
  const [expected, said] = [expectedWait(standing, set), saidWait(dataSet)];
  const named = outstanding.flatMap(({ step, dataSetId, store }) =>
    step === 'erase-store' && dataSetId === set.dataSetId ? [store ?? ''] : [],
  );
  const open = seen.keysDestroyed.has(set.dataSetId) ? openStores(set, seen) : '';
  return [
    ...(said === expected ? [] : [`the overview says "${said}" where "${expected}" is true`]),
    ...(sorted(named) === open ? [] : [`outstanding names "${sorted(named)}" where "${open}" is true`]),
  ];
};

const complaintsBeforeTheEnd = ({ overview, outstanding, engagement }: Standing): readonly string[] => [
  ...((overview?.standing ?? 'none') === (engagement.endsAt === undefined ? 'none' : 'end-is-noticed')
    ? []
    : [`the overview says ${overview?.standing ?? 'nothing'} of a contract that has not ended`]),
  ...(outstanding.length === 0 ? [] : ['a step is outstanding before the end']),
];

/** The data sets that the latest certificate of a contract covers; none without one. */
const certifiedSets = ({ issued }: World, contractId: string): readonly string[] => {
  const certificate = issued.findLast(({ contents }) => (contents.contractId as string) === contractId);
  return certificate === undefined ? [] : certificate.contents.dataSets.map(({ dataSetId }) => dataSetId);
};

const isEverything = (ids: Pick<ReadonlySet<string>, 'has'>, { engagement }: Standing): boolean =>
  [...engagement.sets.values()].every(({ dataSetId }) => ids.has(dataSetId));

/** A certificate over everything exists when everything is deleted and nothing outstanding, and never before. */
const complaintsAboutTheLast = (world: World, standing: Standing): readonly string[] => {
  const { engagement, overview, seen, outstanding } = standing;
  const isDeleted = isEverything(seen.deleted, standing);
  const isOver = isDeleted && outstanding.length === 0;
  const isCertified = isEverything(new Set(certifiedSets(world, engagement.contractId)), standing);
  const isSaidToBe = overview?.standing === 'deleted';
  return complaintsWhere({
    'the overview does not say deleted when everything is': isOver && !isSaidToBe,
    'the overview says deleted when not everything is': !isDeleted && isSaidToBe,
    'there is no certificate, with nothing outstanding': isOver && !isCertified,
    'there is a certificate, with something not deleted': !isDeleted && isCertified,
  });
};

const complaintsAboutEnded = (world: World, standing: Standing): readonly string[] => {
  const { engagement, seen, outstanding } = standing;
  if (seen.ended.has(engagement.contractId))
    return [
      ...[...engagement.sets.values()].flatMap((set) => complaintsAboutSet(standing, set)),
      ...complaintsAboutTheLast(world, standing),
    ];
  const isUnderWay = outstanding.some(({ step }) => step === 'terminate-contract');
  return complaintsWhere({ 'an end that came is not recorded': !isUnderWay });
};

/** Whether nobody can do anything about a step: its store is never erased, or its data set is in such a store. */
export const isHopeless = (
  world: World,
  { contractId, step, dataSetId, store }: OutstandingDeletion,
): boolean => {
  const { refusing } = world.plan;
  if (refusing === undefined || !isRefusing(refusing, contractId)) return false;
  if (step === 'erase-store') return store === refusing.store;
  return step === 'delete-data-set' && setWith(world, dataSetId ?? '')?.stores.has(refusing.store) === true;
};

/** What is wrong once everybody has done what could be done. */
export const complaintsAtTheEnd = (world: World, { deletions }: Processor): readonly string[] => {
  const steps = deletions
    .outstanding()
    .filter((one) => !isHopeless(world, one))
    .map(({ step }) => step);
  return steps.length === 0 ? [] : [`${sorted(new Set(steps))} is outstanding, with nothing in its way`];
};

/** What is wrong with what the library says when nothing is due, compared with what is true. */
export const complaintsAtRest = (world: World, { deletions }: Processor, seen: Seen): readonly string[] => {
  const [overviews, outstanding, now] = [deletions.overview(), deletions.outstanding(), world.time.clock()];
  hear(world, [overviews, outstanding, deletions.setAside(), deletions.nextDueAt()]);
  const nextDueAt = deletions.nextDueAt();
  return [
    ...(deletions.setAside().length === 0 ? [] : ['a contract was set aside for no reason']),
    ...(nextDueAt === undefined || now < nextDueAt ? [] : ['something is due after everything due was done']),
    ...[...world.engagements.values()].flatMap((engagement) => {
      const { contractId } = engagement;
      const standing: Standing = {
        ...{ engagement, seen, now },
        overview: overviews.find((one) => (one.contractId as string) === contractId),
        outstanding: outstanding.filter((one) => one.contractId === contractId),
      };
      return hasEnded(engagement, now)
        ? complaintsAboutEnded(world, standing)
        : complaintsBeforeTheEnd(standing);
    }),
  ];
};
