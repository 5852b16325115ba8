import {
  decideProcessing,
  type ContractId,
  type ContractScope,
  type ProcessingDecision,
  type ProcessingRequest,
} from '@mandate/domain';
import {
  createInMemoryProjection,
  type EventStore,
  type Instant,
  type ParkedPartition,
  type Position,
} from '@mandate/event-sourcing';
import { partitionOfNoContract, processingScopeProjection } from './projection';
import { scopeKnownAt, type KnownEvent } from './state';

export interface DecisionTimes {
  /** When the operation takes place. */
  readonly validAt: Instant;
  /** Judge by what was on record then. Absent: by everything on record. */
  readonly knownAt?: Instant;
}

/** Answers what may be done, from memory, fed by a store. */
export interface ProcessingScope {
  /** Denies when the history of the contract could not be read to its end. */
  readonly decide: (request: ProcessingRequest, times: DecisionTimes) => ProcessingDecision;
  /** Whether the history of a contract could be read to its end; of one that could not, everything else is stale. */
  readonly isReadable: (contractId: ContractId) => boolean;
  /** The scope of a contract as of now, or as it was known at an instant. */
  readonly scopeOf: (contractId: ContractId, knownAt?: Instant) => ContractScope | undefined;
  /** The events of a contract in the order in which they were recorded. */
  readonly historyOf: (contractId: ContractId) => readonly KnownEvent[];
  /** Reads what has been recorded since. While it fails, what was read before is what answers rest on. */
  readonly catchUp: () => Promise<void>;
  /** Resolves once everything up to a position is part of every answer. */
  readonly waitFor: (position: Position | undefined) => Promise<void>;
  readonly position: () => Position | undefined;
  /** Contracts whose history holds an event that cannot be read; they are denied everything. */
  readonly parked: () => readonly ParkedPartition[];
}

export const createProcessingScope = (store: Pick<EventStore, 'readAll'>): ProcessingScope => {
  const projection = createInMemoryProjection(store, processingScopeProjection);

  const isReadable = (contractId: ContractId): boolean =>
    !projection.isParked(contractId) && !projection.isParked(partitionOfNoContract);

  const scopeOf = (contractId: ContractId, knownAt?: Instant): ContractScope | undefined => {
    const history = projection.state().get(contractId);
    if (history === undefined || knownAt === undefined) return history?.scope;
    const last = history.events.at(-1);
    // The usual question is about the present, and needs no second look at the past.
    return last !== undefined && last.recordedAt <= knownAt ? history.scope : scopeKnownAt(history, knownAt);
  };

  return {
    decide: (request, { validAt, knownAt }) =>
      isReadable(request.contractId)
        ? decideProcessing(request, scopeOf(request.contractId, knownAt), validAt)
        : { decision: 'deny', reasons: [{ reason: 'scope-not-current' }] },
    isReadable,
    scopeOf,
    historyOf: (contractId) => projection.state().get(contractId)?.events ?? [],
    catchUp: projection.catchUp,
    waitFor: projection.waitFor,
    position: projection.position,
    parked: projection.parked,
  };
};
