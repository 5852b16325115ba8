import type { ContractId, ContractScope } from '@mandate/domain';
import { createDecisionIndex } from '../processing-scope/decision-index/decision-index';
import type { ContractHistory } from '../processing-scope/state';
import type { CreateIndex } from './agreement';

/** An index over histories whose current scopes are changed. */
const withScopes =
  (change: (scope: ContractScope, all: readonly ContractHistory[]) => ContractScope): CreateIndex =>
  ({ historyOf, isReadable }) => {
    const asked = new Map<ContractId, ContractHistory>();
    return createDecisionIndex({
      isReadable,
      historyOf: (contractId) => {
        const history = historyOf(contractId);
        if (history?.scope === undefined) return history;
        asked.set(contractId, history);
        return { ...history, scope: change(history.scope, [...asked.values()]) };
      },
    });
  };

/** Indexes with one mistake each, which the comparison must find. */
export const wrongIndexes: Readonly<Record<string, CreateIndex>> = {
  'takes intervals as closed, not half-open': (histories) => {
    const index = createDecisionIndex(histories);
    return { ...index, permit: (request, atMs) => index.permit(request, atMs - 1) };
  },
  'ignores a suspension': withScopes((scope) => ({
    ...scope,
    suspensions: [],
    instructions: new Map(
      [...scope.instructions].map(([id, instruction]) => [id, { ...instruction, suspensions: [] }]),
    ),
  })),
  'applies a late withdrawal to the past': (histories) => {
    const index = createDecisionIndex(histories);
    return { ...index, decide: (request, { validAt }) => index.decide(request, { validAt }) };
  },
  'counts instructions of another contract': withScopes((scope, all) => ({
    ...scope,
    instructions: new Map(all.flatMap((history) => [...(history.scope?.instructions ?? [])])),
    issuers: all.flatMap((history) => history.scope?.issuers ?? []),
  })),
  'does not notice that the history goes on': (histories) => ({
    ...createDecisionIndex(histories),
    forget: () => undefined,
  }),
};
