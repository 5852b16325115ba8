import { decide as decideProcessing, type ProcessingDecision } from '../processing-decision';
import { evolveScope, type ContractScope } from '../processing-scope';
import { knownOf, type History } from './history';
import type { Question } from './inquiries';

/** Whatever answers questions about a history: the library itself, a read model, or one with a planted mistake. */
export type Decide = (history: History, question: Question) => ProcessingDecision;

/** What the library answers: the known events of the contract, folded into its scope, by which it decides. */
export const decideFromHistory: Decide = (history, { request, validAt, knownAt }) => {
  const scope = knownOf(history, request.contractId, knownAt).reduce<ContractScope | undefined>(
    (before, event) => evolveScope(before, event),
    undefined,
  );
  return decideProcessing(request, scope, validAt);
};
