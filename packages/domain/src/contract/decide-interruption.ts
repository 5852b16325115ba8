import type { Instant } from '@mandate/event-sourcing';
import { left, right } from 'fp-ts/Either';
import type { AmendContract, ResumeContract, SuspendContract } from './commands';
import { outsideTheContract, type ContractDecision } from './decision';
import type { Agreement } from './state';

/** New terms follow the old ones in time: which of two holds at an instant is never a matter of opinion. */
export const amend = ({ data }: AmendContract, agreement: Agreement): ContractDecision => {
  const outside = outsideTheContract(agreement, data.effectiveAt);
  if (outside !== undefined) return outside;
  const lastEffectiveAt = agreement.terms.at(-1)?.effectiveAt;
  return lastEffectiveAt !== undefined && data.effectiveAt <= lastEffectiveAt
    ? left({ reason: 'amendment-out-of-order', lastEffectiveAt, found: data.effectiveAt })
    : right([{ type: 'ContractAmended', data }]);
};

const outOfOrder = (agreement: Agreement, found: Instant): ContractDecision | undefined => {
  const lastEffectiveAt = agreement.suspendedAt ?? agreement.resumedAt;
  return lastEffectiveAt !== undefined && found <= lastEffectiveAt
    ? left({ reason: 'interruption-out-of-order', lastEffectiveAt, found })
    : undefined;
};

export const suspend = ({ data }: SuspendContract, agreement: Agreement): ContractDecision => {
  const { suspendedAt, ...before } = agreement;
  // Who may stop something may stop it earlier; only a later date adds nothing.
  if (suspendedAt !== undefined && suspendedAt <= data.effectiveAt) {
    // Suspending twice is a retry, not a mistake.
    return suspendedAt === data.effectiveAt
      ? right([])
      : left({ reason: 'contract-already-suspended', suspendedAt });
  }
  return (
    outsideTheContract(agreement, data.effectiveAt) ??
    outOfOrder(before, data.effectiveAt) ??
    right([{ type: 'ContractSuspended', data }])
  );
};

export const resume = ({ data }: ResumeContract, agreement: Agreement): ContractDecision => {
  if (agreement.suspendedAt === undefined) {
    return agreement.resumedAt === data.effectiveAt ? right([]) : left({ reason: 'contract-not-suspended' });
  }
  return (
    outsideTheContract(agreement, data.effectiveAt) ??
    outOfOrder(agreement, data.effectiveAt) ??
    right([{ type: 'ContractResumed', data }])
  );
};
