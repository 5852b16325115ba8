import type {
  ContractId,
  ContractScope,
  DataSetId,
  ProcessingDecision,
  ProcessingRequest,
} from '@mandate/domain';
import type { Instant, Position } from '@mandate/event-sourcing';
import type { ContractHistory, DecisionTimes } from '../state';
import type { CompiledScope, Denial } from './compiled-scope';
import type { DecisionCells } from './decision-cells';
import { notCurrent, unknownContract } from './denials';
import { IndexedContract, KeptPasts } from './indexed-contract';
import { Permit, type Giver } from './permit';

/** What the index is made from, and must be told of when it changes. */
export interface IndexedHistories {
  readonly historyOf: (contractId: ContractId) => ContractHistory | undefined;
  /** Whether the history of a contract could be read to its end. */
  readonly isReadable: (contractId: ContractId) => boolean;
}

/** Answers what may be done without folding or searching, from cells that are filled when they are first asked about. */
export interface DecisionIndex {
  /**
   * Whether something is allowed at an instant, by what is on record, or was at another (both in milliseconds since
   * 1970). Makes nothing new.
   */
  readonly allows: (request: ProcessingRequest, atMs: number, knownAtMs?: number) => boolean;
  /** As everything on record says about an instant. */
  readonly permit: (request: ProcessingRequest, atMs: number) => Permit | Denial;
  /** Whether a permit that this index gave covers an instant and was not taken back. */
  readonly holds: (permit: Permit, atMs: number) => boolean;
  readonly decide: (request: ProcessingRequest, times: DecisionTimes) => ProcessingDecision;
  /** The scope of a contract as it was known; none of one that cannot be read. */
  readonly scopeKnownAt: (contractId: ContractId, knownAt: Instant | Position) => ContractScope | undefined;
  /** Takes back every answer about a contract: its history goes on. */
  readonly forget: (contractId: ContractId) => void;
  /** Takes back every answer: something turned out to be unreadable. */
  readonly forgetAll: () => void;
}

/** Of kept pasts, in entries of some hundred bytes. */
const entriesMax = 1_000_000;

export const createDecisionIndex = ({ historyOf, isReadable }: IndexedHistories): DecisionIndex => {
  const contracts = new Map<ContractId, IndexedContract>();
  /** The cells of each data set that answered last: mostly they answer again. */
  const cellsNow = new Map<DataSetId, DecisionCells>();
  const giver: Giver = { gives: 'permits' };
  const keptPasts = new KeptPasts(entriesMax);

  /** None of a contract that cannot be read. */
  const contractOf = (contractId: ContractId): IndexedContract | undefined => {
    const known = contracts.get(contractId);
    if (known !== undefined) return known;
    if (!isReadable(contractId)) return undefined;
    const contract = new IndexedContract({ historyOf: () => historyOf(contractId), giver, keptPasts });
    // Of contracts that there are not, there is no end.
    if (historyOf(contractId) !== undefined) contracts.set(contractId, contract);
    return contract;
  };

  const notice = (cells: DecisionCells | undefined): void => {
    if (cells !== undefined) cellsNow.set(cells.dataSetId, cells);
  };

  const cellsOf = (request: ProcessingRequest, atMs: number): DecisionCells | undefined => {
    if (request.operation !== 'process') return undefined;
    const cells = cellsNow.get(request.dataSetId);
    return cells !== undefined &&
      cells.contractId === request.contractId &&
      cells.fromMs <= atMs &&
      atMs < cells.untilMs &&
      cells.country === request.country &&
      cells.subProcessorId === request.subProcessorId
      ? cells
      : undefined;
  };

  const allowsAnew = (request: ProcessingRequest, atMs: number): boolean => {
    const scope = contractOf(request.contractId)?.current();
    if (scope === undefined) return false;
    notice(scope.cellsFor(request, atMs));
    return scope.allows(request, atMs);
  };

  const allowedByWhatWasKnown = (request: ProcessingRequest, atMs: number, knownAtMs: number): boolean =>
    contractOf(request.contractId)?.knownAtMs(knownAtMs)?.allows(request, atMs) ?? false;

  const scopeOrDenial = (
    contractId: ContractId,
    knownAt: DecisionTimes['knownAt'],
  ): CompiledScope | Denial => {
    const contract = contractOf(contractId);
    if (contract === undefined) return notCurrent;
    return (knownAt === undefined ? contract.current() : contract.knownAt(knownAt)) ?? unknownContract;
  };

  const forget = (contractId: ContractId): void => {
    for (const dataSetId of contracts.get(contractId)?.forget() ?? []) cellsNow.delete(dataSetId);
  };

  return {
    allows: (request, atMs, knownAtMs) => {
      if (knownAtMs !== undefined) return allowedByWhatWasKnown(request, atMs, knownAtMs);
      return cellsOf(request, atMs)?.allows(request) ?? allowsAnew(request, atMs);
    },
    permit: (request, atMs) => {
      const permit = cellsOf(request, atMs)?.permit(request);
      if (permit !== undefined) return permit;
      const scope = scopeOrDenial(request.contractId, undefined);
      return 'decision' in scope ? scope : scope.permit(request, atMs);
    },
    decide: (request, { validAt, knownAt }) => {
      const scope = scopeOrDenial(request.contractId, knownAt);
      return 'decision' in scope ? scope : scope.decide(request, validAt);
    },
    scopeKnownAt: (contractId, knownAt) => contractOf(contractId)?.knownAt(knownAt)?.scope,
    holds: (permit, atMs) => Permit.holds(permit, giver, atMs),
    forget,
    forgetAll: () => {
      for (const contractId of [...contracts.keys()]) forget(contractId);
      contracts.clear();
    },
  };
};
