import type { ContractId } from '../vocabulary';
import { decide as decideProcessing, type ProcessingDecision } from '../processing-decision';
import { evolveScope, type ContractScope } from '../processing-scope';
import { knownOf, type History } from './history';
import type { Question } from './inquiries';

/** Whatever answers a question about a history: the library itself, a read model, or a planted mistake. */
export type Decide = (history: History, question: Question) => ProcessingDecision;

/** What the library answers: the events of the contract that were known, folded into a scope, and that decides. */
export const decideFromHistory: Decide = (history, { request, validAt, knownAt }) =>
  decideProcessing(request, scopeOf(history, request.contractId, knownAt), validAt);

const scopeOf = (
  history: History,
  contractId: ContractId,
  knownAt: Question['knownAt'],
): ContractScope | undefined =>
  knownOf(history, contractId, knownAt).reduce<ContractScope | undefined>(
    (scope, event) => evolveScope(scope, event),
    undefined,
  );
