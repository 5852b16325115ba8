import type { ContractId, ContractScope, ProcessingOperation, ProcessingRequest } from '@mandate/domain';
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

const withFirstCategory = (request: ProcessingRequest): ProcessingRequest =>
  request.operation === 'process' ? { ...request, categories: [request.categories[0]] } : request;

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
  'applies a late withdrawal to the past when it is asked for a yes or no': (histories) => {
    const index = createDecisionIndex(histories);
    return { ...index, allows: (request, atMs) => index.allows(request, atMs) };
  },
  'looks at the first category alone': (histories) => {
    const index = createDecisionIndex(histories);
    return { ...index, allows: (request, ...times) => index.allows(withFirstCategory(request), ...times) };
  },
  'takes all places for the same': (histories) => {
    const index = createDecisionIndex(histories);
    const countryOf = new Map<string, ProcessingOperation['country']>();
    return {
      ...index,
      permit: (request, atMs) => {
        if (request.operation !== 'process') return index.permit(request, atMs);
        const country = countryOf.get(request.dataSetId) ?? request.country;
        countryOf.set(request.dataSetId, country);
        return index.permit({ ...request, country }, atMs);
      },
    };
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
