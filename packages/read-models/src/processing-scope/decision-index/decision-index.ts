import {
  decideProcessing,
  type ContractId,
  type DataSetId,
  type ProcessingDecision,
  type ProcessingRequest,
} from '@mandate/domain';
import { instantOf } from '@mandate/event-sourcing';
import { eventsKnownAt, type ContractHistory, type DecisionTimes } from '../state';
import { CompiledScope, type AnswerOf, type Denial } from './compiled-scope';
import type { DecisionCells } from './decision-cells';
import { frozen } from './frozen';
import { pastScopes } from './past-scopes';
import { Permit, type Giver } from './permit';

/** What the index is made from, and must be told of when it changes. */
export interface IndexedHistories {
  readonly historyOf: (contractId: ContractId) => ContractHistory | undefined;
  /** Whether the history of a contract could be read to its end. */
  readonly isReadable: (contractId: ContractId) => boolean;
}

/** Answers what may be done without folding or searching, from cells that are filled when they are first asked for. */
export interface DecisionIndex {
  /** As everything on record says about an instant, in milliseconds since 1970. Makes nothing new when it allows. */
  readonly permit: (request: ProcessingRequest, atMs: number) => Permit | Denial;
  /** Whether a permit that this index gave covers an instant and was not taken back. */
  readonly holds: (permit: Permit, atMs: number) => boolean;
  readonly decide: (request: ProcessingRequest, times: DecisionTimes) => ProcessingDecision;
  /** Takes back every answer about a contract: its history goes on, or turned out to be unreadable. */
  readonly forget: (contractId: ContractId) => void;
  readonly forgetAll: () => void;
}

const notCurrent: Denial = frozen({ decision: 'deny', reasons: [{ reason: 'scope-not-current' }] });

const unknownContract: Denial = frozen({ decision: 'deny', reasons: [{ reason: 'contract-unknown' }] });

const plain = (answer: Permit | Denial): ProcessingDecision =>
  answer.decision === 'allow' ? { decision: 'allow', bases: answer.bases } : answer;

const permitsOf =
  ({ events }: ContractHistory, giver: Giver): AnswerOf<Permit> =>
  (decision, { from, until }, validity) => {
    const last = events.at(-1);
    if (decision.decision === 'deny') return decision;
    if (last === undefined) return unknownContract;
    const { bases } = decision;
    return new Permit(
      { bases, decidedAt: last.position, holdsFrom: from, holdsUntil: until },
      validity,
      giver,
    );
  };

export const createDecisionIndex = ({ historyOf, isReadable }: IndexedHistories): DecisionIndex => {
  const current = new Map<ContractId, CompiledScope<Permit>>();
  const cellsNow = new Map<DataSetId, DecisionCells<Permit | Denial>>();
  const scopeAfter = pastScopes();
  const giver: Giver = { gives: 'permits' };

  const currentScopeOf = (contractId: ContractId): CompiledScope<Permit> | undefined => {
    const known = current.get(contractId);
    if (known !== undefined) return known;
    const history = historyOf(contractId);
    if (history?.scope === undefined) return undefined;
    const compiled = new CompiledScope(history.scope, permitsOf(history, giver));
    current.set(contractId, compiled);
    return compiled;
  };

  const permitAnew = (request: ProcessingRequest, atMs: number): Permit | Denial => {
    const { contractId, dataSetId } = request;
    const at = instantOf(atMs);
    if (!isReadable(contractId)) return notCurrent;
    const scope = currentScopeOf(contractId);
    if (scope === undefined) return unknownContract;
    const cells = scope.cellsAt(dataSetId, at);
    if (cells !== undefined) cellsNow.set(dataSetId, cells);
    return scope.answerTo(request, at);
  };

  const forget = (contractId: ContractId): void => {
    current.get(contractId)?.invalidate();
    current.delete(contractId);
  };

  return {
    permit: (request, atMs) => {
      const cells = cellsNow.get(request.dataSetId);
      if (
        cells?.contractId === request.contractId &&
        cells.fromMs <= atMs &&
        atMs < cells.untilMs &&
        request.operation === 'process'
      ) {
        const known = cells.find(request);
        if (known !== undefined) return known;
      }
      return permitAnew(request, atMs);
    },
    decide: (request, { validAt, knownAt }) => {
      const { contractId } = request;
      if (!isReadable(contractId)) return notCurrent;
      const history = historyOf(contractId);
      if (history === undefined) return decideProcessing(request, undefined, validAt);
      const { events } = history;
      const eventCount = knownAt === undefined ? events.length : eventsKnownAt(events, knownAt);
      if (eventCount < events.length) {
        return scopeAfter(events, eventCount)?.answerTo(request, validAt) ?? unknownContract;
      }
      const scope = currentScopeOf(contractId);
      return scope === undefined ? unknownContract : plain(scope.answerTo(request, validAt));
    },
    holds: (permit, atMs) => Permit.holds(permit, giver, atMs),
    forget,
    forgetAll: () => {
      for (const contractId of [...current.keys()]) forget(contractId);
    },
  };
};
