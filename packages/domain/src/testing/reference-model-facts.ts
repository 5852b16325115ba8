import type { Instant } from '@mandate/event-sourcing';
import type { ContractTerms } from '../contract';
import type { MandateEvent } from '../event';
import type { Country, DataCategory, DataSetId, SubProcessorId } from '../vocabulary';

// One question, one walk through all events, nothing remembered in between: slow, and easy to compare to the law.

/** The known events of one contract, in the order in which they were recorded. */
export type Known = readonly MandateEvent[];

type DataOf<Type extends MandateEvent['type']> = Extract<MandateEvent, { readonly type: Type }>['data'];

/** The data of the events of one type. */
export const allOf = <Type extends MandateEvent['type']>(known: Known, type: Type): readonly DataOf<Type>[] =>
  known.flatMap((event) => (event.type === type ? [event.data as DataOf<Type>] : []));

interface Turn {
  readonly isOn: boolean;
  readonly effectiveAt: Instant;
}

/**
 * Whether something that is switched on and off is on at an instant. Said in the order of the record: what is on
 * may be said to be on since an earlier time, and being switched off answers everything that was said before it.
 */
export const isOnAt = (turns: readonly Turn[], at: Instant): boolean =>
  turns.some(({ isOn, effectiveAt }, index) => {
    const answer = turns.slice(index).find((later) => !later.isOn);
    return isOn && effectiveAt <= at && (answer === undefined || at < answer.effectiveAt);
  });

/** When the contract starts. */
export const startOf = (known: Known): Instant | undefined =>
  allOf(known, 'ContractConcluded')[0]?.startsAt.at;

/** When it ends: where a termination is on record, then; otherwise when a notice says that was not taken back. */
export const endOf = (known: Known): Instant | undefined => {
  let end: Instant | undefined;
  for (const event of known) {
    if (event.type === 'TerminationNoticeGiven') end = event.data.endsAt.at;
    if (event.type === 'TerminationNoticeWithdrawn') end = undefined;
  }
  return allOf(known, 'ContractTerminated').at(-1)?.endedAt.at ?? end;
};

/** Whether the contract is suspended at an instant. */
export const isContractSuspended = (known: Known, at: Instant): boolean =>
  isOnAt(
    known.flatMap((event) =>
      event.type === 'ContractSuspended' || event.type === 'ContractResumed'
        ? [{ isOn: event.type === 'ContractSuspended', effectiveAt: event.data.effectiveAt }]
        : [],
    ),
    at,
  );

/** The terms that hold at an instant. */
export const termsHolding = (known: Known, at: Instant): ContractTerms | undefined => {
  const agreed = [
    ...allOf(known, 'ContractConcluded').map(({ startsAt, terms }) => ({ effectiveAt: startsAt.at, terms })),
    ...allOf(known, 'ContractAmended'),
  ].filter(({ effectiveAt }) => effectiveAt <= at);
  return agreed.toSorted((one, other) => (one.effectiveAt < other.effectiveAt ? -1 : 1)).at(-1)?.terms;
};

/** The categories entrusted with a data set. */
export const entrustedCategories = (
  known: Known,
  dataSetId: DataSetId,
): readonly DataCategory[] | undefined =>
  allOf(known, 'DataSetEntrusted').find((data) => data.dataSetId === dataSetId)?.categories;

/** Whether the history holds an event of a type about a data set. */
export const hasHappenedTo = (
  known: Known,
  dataSetId: DataSetId,
  type: 'DeletionOrdered' | 'DataSetDeleted',
): boolean => allOf(known, type).some((data) => data.dataSetId === dataSetId);

/** Whether the controller has taken a data set back by an instant. */
export const isWithdrawn = (known: Known, dataSetId: DataSetId, at: Instant): boolean =>
  allOf(known, 'DataSetWithdrawn').some((data) => data.dataSetId === dataSetId && data.endsAt.at <= at);

/** Whether a data set is restricted at an instant. */
export const isRestricted = (known: Known, dataSetId: DataSetId, at: Instant): boolean =>
  isOnAt(
    known.flatMap((event) =>
      (event.type === 'DataSetRestricted' || event.type === 'DataSetUnrestricted') &&
      event.data.dataSetId === dataSetId
        ? [{ isOn: event.type === 'DataSetRestricted', effectiveAt: event.data.effectiveAt }]
        : [],
    ),
    at,
  );

interface Permission {
  readonly from: Instant;
  readonly until?: Instant;
  readonly countries: readonly Country[];
}

type SubProcessorEvent = Extract<MandateEvent, { readonly type: `SubProcessor${string}` }>;

const aboutSubProcessor = (known: Known, id: SubProcessorId): readonly SubProcessorEvent[] =>
  known.filter(
    (event): event is SubProcessorEvent => 'subProcessorId' in event.data && event.data.subProcessorId === id,
  );

/**
 * When a sub-processor may be used, and where. Each announcement permits use in its own countries once its own
 * window has closed, each authorisation from its own date on. A dismissal ends what was permitted before it; an
 * objection undoes it.
 */
export const permissionsFor = (known: Known, id: SubProcessorId): readonly Permission[] => {
  let permissions: readonly Permission[] = [];
  for (const event of aboutSubProcessor(known, id)) {
    switch (event.type) {
      case 'SubProcessorAnnounced': {
        const { countries, objectionUntil } = event.data;
        permissions = [...permissions, { from: objectionUntil.at, countries }];
        break;
      }
      case 'SubProcessorAuthorised': {
        const { countries, effectiveAt } = event.data;
        permissions = [...permissions, { from: effectiveAt, countries }];
        break;
      }
      case 'SubProcessorObjected':
        permissions = [];
        break;
      case 'SubProcessorDismissed': {
        const { effectiveAt } = event.data;
        permissions = permissions.map((permission) =>
          permission.until === undefined || effectiveAt < permission.until
            ? { ...permission, until: effectiveAt }
            : permission,
        );
      }
    }
  }
  return permissions;
};

/** Every event about a sub-processor but its dismissals, by type. */
export const standingOf = (known: Known, id: SubProcessorId): readonly SubProcessorEvent['type'][] =>
  aboutSubProcessor(known, id)
    .map(({ type }) => type)
    .filter((type) => type !== 'SubProcessorDismissed');

/** The countries of the latest announcement or authorisation. */
export const latestCountries = (known: Known, id: SubProcessorId): readonly Country[] =>
  aboutSubProcessor(known, id)
    .map(({ data }) => ('countries' in data ? data.countries : []))
    .findLast((countries) => countries.length > 0) ?? [];
