import type { Instant } from '@mandate/event-sourcing';
import { left, type Either } from 'fp-ts/Either';
import type { ContractEvent } from './events';
import type { ContractRejection } from './rejections';
import type { Agreement } from './state';

/** What the moment supplies to a decision about a contract. */
export interface ContractFacts {
  readonly now: Instant;
}

export type ContractDecision = Either<ContractRejection, readonly ContractEvent[]>;

/** Refuses a time outside the contract's own. */
export const outsideTheContract = (agreement: Agreement, found: Instant): ContractDecision | undefined => {
  const startsAt = agreement.startsAt.at;
  if (found < startsAt) return left({ reason: 'before-the-contract-starts', startsAt, found });
  const endsAt = agreement.notice?.endsAt.at;
  if (endsAt !== undefined && endsAt <= found)
    return left({ reason: 'after-the-contract-ends', endsAt, found });
  return undefined;
};
