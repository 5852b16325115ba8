import type { Instant } from '@mandate/event-sourcing';
import { documentAt, type ContractScope } from '../processing-scope';
import type { ContractId, Digest, NonEmpty } from '../vocabulary';
import { coverageOf, type InstructionBasis } from './coverage';
import type { DenialReason } from './reasons';
import type { CustodyOperation, ProcessingOperation, ProcessingRequest } from './request';
import { custodyRules, processingRules } from './rules';

/** The contract itself, as the standing instruction to keep, secure, return and erase. */
export interface ContractBasis {
  readonly kind: 'contract';
  readonly contractId: ContractId;
  readonly operation: CustodyOperation['operation'];
  /** Of the signed processing terms. */
  readonly documentDigest: Digest;
}

/** The answer to a request: on what it rests, or everything that speaks against it. */
export type ProcessingDecision =
  | { readonly decision: 'allow'; readonly bases: NonEmpty<InstructionBasis | ContractBasis> }
  | { readonly decision: 'deny'; readonly reasons: NonEmpty<DenialReason> };

const isNonEmpty = <Item>(items: readonly Item[]): items is NonEmpty<Item> => items.length > 0;

const deny = (reasons: NonEmpty<DenialReason>): ProcessingDecision => ({ decision: 'deny', reasons });

const decideProcessing = (
  request: ProcessingOperation,
  scope: ContractScope,
  at: Instant,
): ProcessingDecision => {
  const reasons = processingRules.flatMap((rule) => rule(request, scope, at));
  const bases: InstructionBasis[] = [];
  // What no instruction can grant needs no search for one.
  const isGrantable = !reasons.some(({ reason }) => reason === 'purpose-of-the-processor');
  for (const category of isGrantable ? new Set(request.categories) : []) {
    const coverage = coverageOf(scope, request, category, at);
    if ('kind' in coverage) bases.push(coverage);
    else reasons.push(...coverage);
  }
  if (isNonEmpty(reasons)) return deny(reasons);
  return isNonEmpty(bases) ? { decision: 'allow', bases } : deny([{ reason: 'contract-unknown' }]);
};

const decideCustody = (request: CustodyOperation, scope: ContractScope, at: Instant): ProcessingDecision => {
  const { operation, contractId } = request;
  const reasons = custodyRules[operation].flatMap((rule) => rule(request, scope, at));
  if (isNonEmpty(reasons)) return deny(reasons);
  const documentDigest = documentAt(scope, at);
  return documentDigest === undefined
    ? deny([{ reason: 'contract-not-started', startsAt: scope.startsAt }])
    : { decision: 'allow', bases: [{ kind: 'contract', contractId, operation, documentDigest }] };
};

/**
 * Whether an operation may be carried out at an instant, by what the scope of its contract says. Denies by
 * default, and then names every reason (GDPR Art. 28(3)(a), 29). Pure: the same question has the same answer.
 */
export const decide = (
  request: ProcessingRequest,
  scope: ContractScope | undefined,
  at: Instant,
): ProcessingDecision => {
  if (scope === undefined || scope.contractId !== request.contractId)
    return deny([{ reason: 'contract-unknown' }]);
  return request.operation === 'process'
    ? decideProcessing(request, scope, at)
    : decideCustody(request, scope, at);
};
