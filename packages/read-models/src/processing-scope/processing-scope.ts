import {
  scopeAt,
  type ContractId,
  type ContractScope,
  type ProcessingDecision,
  type ProcessingRequest,
  type ScopeAt,
} from '@mandate/domain';
import {
  createInMemoryProjection,
  type EventStore,
  type Instant,
  type ParkedPartition,
  type Position,
} from '@mandate/event-sourcing';
import { createDecisionIndex, notCurrent, unknownContract, type Denial, type Permit } from './decision-index';
import { partitionOfNoContract, processingScopeProjection } from './projection';
import { scopeSnapshotCodec, type ScopeSnapshotOptions } from './scope-snapshot';
import { eventsKnownAt, scopeAfter, type DecisionTimes, type KnownEvent } from './state';

/** Answers what may be done, from memory, fed by a store. */
export interface ProcessingScope {
  /** Denies when the history of the contract could not be read to its end. */
  readonly decide: (request: ProcessingRequest, times: DecisionTimes) => ProcessingDecision;
  /**
   * Whether an operation may be carried out at an instant (milliseconds since 1970, as of `Date.now()`), by everything on
   * record, or by what was on record at another instant: what to ask before every message. It makes nothing and takes a
   * fraction of a microsecond, but for the first time that a data set is asked about. The request has to be one that is
   * understood: decode what comes from outside with `processingRequest` first.
   *
   * Throws a `RangeError` for an instant outside the years 0 to 9999.
   */
  readonly allows: (request: ProcessingRequest, atMs: number, knownAtMs?: number) => boolean;
  /** As `allows`, with what it rests on, for a queue to keep (see `holds`); or every reason against it. */
  readonly permit: (request: ProcessingRequest, atMs: number) => Permit | Denial;
  /**
   * Whether a permit that this scope gave covers an instant (milliseconds since 1970) and no newer event of its contract
   * was read. A copy, one that came from elsewhere and anything else holds never.
   */
  readonly holds: (permit: Permit, atMs: number) => boolean;
  /** Whether the history of a contract could be read to its end; of one that could not, everything else is stale. */
  readonly isReadable: (contractId: ContractId) => boolean;
  /** The scope of a contract as of now, or as it was known at an instant. */
  readonly scopeOf: (contractId: ContractId, knownAt?: Instant | Position) => ContractScope | undefined;
  /**
   * The cells that hold under a contract at an instant, and where it stands, as plain data (Art. 28(3)(h)). A denial when
   * there is no such contract, or when its history cannot be read to its end.
   */
  readonly scopeAt: (contractId: ContractId, times: DecisionTimes) => ScopeAt | Denial;
  /** The events of a contract in the order in which they were recorded: all, or those on record at a time or place. */
  readonly historyOf: (contractId: ContractId, knownAt?: Instant | Position) => readonly KnownEvent[];
  /** Reads what has been recorded since. While it fails, what was read before is what answers rest on. */
  readonly catchUp: () => Promise<void>;
  /** Resolves once everything up to a position is part of every answer. */
  readonly waitFor: (position: Position | undefined) => Promise<void>;
  readonly position: () => Position | undefined;
  /** Contracts whose history holds an event that cannot be read; they are denied everything. */
  readonly parked: () => readonly ParkedPartition[];
}

export interface ProcessingScopeOptions {
  /**
   * Spares the next process the reading of the events that this one has read. A snapshot holds all of them, so keep one
   * seldom where there are many; one that is lost, damaged or of another store is not used. Absent: every process reads
   * from the first event on.
   */
  readonly snapshots?: ScopeSnapshotOptions;
}

export const createProcessingScope = (
  store: Pick<EventStore, 'readAll'>,
  { snapshots }: ProcessingScopeOptions = {},
): ProcessingScope => {
  const index = createDecisionIndex({
    historyOf: (contractId) => projection.state().get(contractId),
    isReadable: (contractId) => isReadable(contractId),
  });
  const projection = createInMemoryProjection(
    store,
    {
      ...processingScopeProjection,
      handle: (state, projected) => {
        index.forget(projected.event.data.contractId);
        return processingScopeProjection.handle(state, projected);
      },
    },
    {
      // Whatever is denied from now on has been permitted before.
      onParked: index.forgetAll,
      ...(snapshots === undefined ? {} : { snapshots: { ...snapshots, codec: scopeSnapshotCodec } }),
    },
  );

  const isReadable = (contractId: ContractId): boolean =>
    !projection.isParked(contractId) && !projection.isParked(partitionOfNoContract);

  const scopeOf: ProcessingScope['scopeOf'] = (contractId, knownAt) => {
    const history = projection.state().get(contractId);
    if (history === undefined || knownAt === undefined) return history?.scope;
    if (isReadable(contractId)) return index.scopeKnownAt(contractId, knownAt);
    return scopeAfter(history.events.slice(0, eventsKnownAt(history.events, knownAt)));
  };

  return {
    decide: index.decide,
    allows: index.allows,
    permit: index.permit,
    holds: index.holds,
    isReadable,
    scopeOf,
    scopeAt: (contractId, { validAt, knownAt }) => {
      if (!isReadable(contractId)) return notCurrent;
      const scope = scopeOf(contractId, knownAt);
      return scope === undefined ? unknownContract : scopeAt(scope, validAt);
    },
    historyOf: (contractId, knownAt) => {
      const events = projection.state().get(contractId)?.events ?? [];
      return knownAt === undefined ? events : events.slice(0, eventsKnownAt(events, knownAt));
    },
    catchUp: projection.catchUp,
    waitFor: projection.waitFor,
    position: projection.position,
    parked: projection.parked,
  };
};
