import {
  explainDenial,
  processingRequest,
  type DenialReason,
  type ProcessingDecision,
} from '@mandate/domain';
import * as t from 'io-ts';
import type { ExplainedReason } from './decision-results';

/** A reason with its sentence and article. */
export const explained = (reason: DenialReason): ExplainedReason => ({
  code: reason.reason,
  ...explainDenial(reason),
});

type Denial = Extract<ProcessingDecision, { decision: 'deny' }>;

export const withDenialExplained = (
  denial: Denial,
): Denial & { readonly explanations: readonly ExplainedReason[] } => ({
  ...denial,
  explanations: denial.reasons.map(explained),
});

export const notCurrent: Denial = {
  decision: 'deny',
  reasons: [{ reason: 'scope-not-current' }],
};

/** A request that throws when it is looked at (a getter, a proxy) is one that cannot be understood. */
export const decodedOrRefused = (request: unknown): ReturnType<typeof processingRequest.decode> => {
  try {
    return processingRequest.decode(request);
  } catch {
    return t.failure(undefined, [{ key: '', type: processingRequest }]);
  }
};
