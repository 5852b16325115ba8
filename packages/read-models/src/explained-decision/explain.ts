import {
  boundariesOf,
  cureOfDenial,
  decideProcessing,
  documentAt,
  explainDenial,
  standingAt,
  type ContractScope,
  type DenialReason,
  type ProcessingDecision,
  type ProcessingRequest,
} from '@mandate/domain';
import type { Instant } from '@mandate/event-sourcing';
import type { DecisionTimes, ProcessingScope } from '../processing-scope';
import { eventBehind, knownEventsBehind } from './events-behind';
import type { ContractBehind, ExplainedDecision, ExplainedDenial } from './explained-decision';

const explained = (reason: DenialReason): ExplainedDenial => {
  const { sentence: en, article } = explainDenial(reason);
  const { reason: code } = reason;
  return {
    code,
    article,
    sentence: { en, pl: explainDenial(reason, 'pl').sentence },
    cure: { en: cureOfDenial(code), pl: cureOfDenial(code, 'pl') },
    reason,
  };
};

/** The time around an instant in which the same is answered for the same reasons. */
const sameAnswerAround = (
  request: ProcessingRequest,
  scope: ContractScope | undefined,
  at: Instant,
): ExplainedDecision['holds'] => {
  if (scope === undefined) return {};
  const answerAt = (instant: Instant): string => JSON.stringify(decideProcessing(request, scope, instant));
  const answer = answerAt(at);
  const bounds = boundariesOf(scope);
  const past = bounds.filter((bound) => bound <= at);
  const from = past[past.findLastIndex((bound) => answerAt(bound) !== answer) + 1];
  const until = bounds.find((bound) => at < bound && answerAt(bound) !== answer);
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
};

const contractBehind = (scope: ContractScope | undefined, at: Instant): { contract?: ContractBehind } => {
  if (scope === undefined) return {};
  const documentDigest = documentAt(scope, at);
  const standing = { contractId: scope.contractId, standing: standingAt(scope, at) };
  return { contract: documentDigest === undefined ? standing : { ...standing, documentDigest } };
};

const answerOf = (
  decision: ProcessingDecision,
): Pick<ExplainedDecision, 'decision' | 'grounds' | 'reasons'> =>
  decision.decision === 'allow'
    ? { decision: 'allow', grounds: decision.bases, reasons: [] }
    : { decision: 'deny', grounds: [], reasons: decision.reasons.map(explained) };

/**
 * Decides, and says on what the answer rests: for a permission the clauses, versions and digests of the evidence; for a
 * denial every reason with its article and what would remove it, in English and in Polish; for both the events with their
 * places in the log (GDPR Art. 5(2), 28(3)(a) and (h)).
 */
export const explain = (
  scopes: Pick<ProcessingScope, 'decide' | 'scopeOf' | 'historyOf' | 'isReadable'>,
  request: ProcessingRequest,
  times: DecisionTimes,
): ExplainedDecision => {
  const { contractId } = request;
  const { validAt, knownAt } = times;
  const decision = scopes.decide(request, times);
  const isReadable = scopes.isReadable(contractId);
  const scope = isReadable ? scopes.scopeOf(contractId, knownAt) : undefined;
  const known = isReadable ? scopes.historyOf(contractId, knownAt) : [];
  const events = knownEventsBehind(known, request, { decision, at: validAt });
  return {
    ...answerOf(decision),
    request,
    validAt,
    ...(knownAt === undefined ? {} : { knownAt }),
    holds: sameAnswerAround(request, scope, validAt),
    ...contractBehind(scope, validAt),
    events: events.map(eventBehind),
  };
};
