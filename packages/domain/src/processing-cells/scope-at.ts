import type { Instant } from '@mandate/event-sourcing';
import {
  documentAt,
  isWithinAny,
  scopeEnd,
  type ContractScope,
  type DataSetScope,
  type SubProcessorScope,
} from '../processing-scope';
import {
  isWithin,
  type ContractId,
  type ControllerId,
  type Country,
  type DataCategory,
  type DataSetId,
  type Digest,
  type SubProcessorId,
} from '../vocabulary';
import type { ScopeCells } from './cells';
import { cellsAt } from './cells-of';

/** Where a contract stands at an instant. */
export type ContractStanding = 'not-started' | 'in-force' | 'suspended' | 'ended' | 'closed';

export interface SubProcessorAt {
  readonly subProcessorId: SubProcessorId;
  readonly isUsable: boolean;
  readonly isObjected: boolean;
  /** Where it may be used at that instant; none when it may not be used. */
  readonly countries: readonly Country[];
  /** When the window for objections closes, also when it has closed already (Art. 28(2), SCC 7.7). */
  readonly windowClosesAt?: Instant;
}

export interface DataSetAt {
  readonly dataSetId: DataSetId;
  readonly categories: readonly DataCategory[];
  readonly isRestricted: boolean;
  readonly isDeletionOrdered: boolean;
  readonly isDeleted: boolean;
}

/** What may be done under a contract at one instant, as plain data. */
export interface ScopeAt extends ScopeCells {
  readonly contractId: ContractId;
  readonly controllerId: ControllerId;
  readonly at: Instant;
  readonly standing: ContractStanding;
  readonly startsAt: Instant;
  /** Known from a notice that stands, or recorded. */
  readonly end?: { readonly at: Instant; readonly known: 'noticed' | 'recorded' };
  /** Of the signed processing terms in force. */
  readonly documentDigest?: Digest;
  readonly subProcessors: readonly SubProcessorAt[];
  readonly dataSets: readonly DataSetAt[];
}

/** Where a contract stands at an instant. */
export const standingAt = (scope: ContractScope, at: Instant): ContractStanding => {
  const end = scopeEnd(scope);
  if (scope.isClosed) return 'closed';
  if (at < scope.startsAt) return 'not-started';
  if (end !== undefined && end <= at) return 'ended';
  return isWithinAny(scope.suspensions, at) ? 'suspended' : 'in-force';
};

const subProcessorAt = (
  subProcessorId: SubProcessorId,
  { uses, isObjected, windowClosesAt }: SubProcessorScope,
  at: Instant,
): SubProcessorAt => {
  const current = isObjected ? [] : uses.filter(({ interval }) => isWithin(interval, at));
  return {
    subProcessorId,
    isUsable: current.length > 0,
    isObjected,
    countries: [...new Set(current.flatMap(({ countries }) => countries))],
    ...(windowClosesAt === undefined ? {} : { windowClosesAt }),
  };
};

const dataSetAt = ({ restrictions, ...dataSet }: DataSetScope, at: Instant): DataSetAt => ({
  ...dataSet,
  isRestricted: isWithinAny(restrictions, at),
});

const endOf = ({ recordedEnd, noticedEnd }: ContractScope): Pick<ScopeAt, 'end'> => {
  if (recordedEnd !== undefined) return { end: { at: recordedEnd, known: 'recorded' } };
  return noticedEnd === undefined ? {} : { end: { at: noticedEnd, known: 'noticed' } };
};

/** The scope of a contract at an instant: the cells that hold then, each with its whole interval, and where everything stands. */
export const scopeAt = (scope: ContractScope, at: Instant): ScopeAt => {
  const { contractId, controllerId, startsAt } = scope;
  const documentDigest = documentAt(scope, at);
  return {
    contractId,
    controllerId,
    at,
    standing: standingAt(scope, at),
    startsAt,
    ...endOf(scope),
    ...(documentDigest === undefined ? {} : { documentDigest }),
    ...cellsAt(scope, at),
    subProcessors: [...scope.subProcessors].map(([id, subProcessor]) => subProcessorAt(id, subProcessor, at)),
    dataSets: [...scope.dataSets.values()].map((dataSet) => dataSetAt(dataSet, at)),
  };
};
