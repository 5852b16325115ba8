import type { Instant } from '@mandate/event-sourcing';
import { left, right } from 'fp-ts/Either';
import type { ResumeInstruction, SuspendInstruction } from './commands';
import type { InstructionDecision } from './decision';
import type { InstructionRecord } from './state';

const outOfOrder = (record: InstructionRecord, found: Instant): InstructionDecision | undefined => {
  const startsAt = record.versions[0]?.effectiveAt;
  if (startsAt !== undefined && found < startsAt) {
    return left({ reason: 'before-the-instruction-starts', startsAt, found });
  }
  const lastEffectiveAt = record.suspendedAt ?? record.resumedAt;
  return lastEffectiveAt !== undefined && found <= lastEffectiveAt
    ? left({ reason: 'interruption-out-of-order', lastEffectiveAt, found })
    : undefined;
};

export const suspend = ({ data }: SuspendInstruction, record: InstructionRecord): InstructionDecision => {
  const { suspendedAt, ...before } = record;
  // Who may stop something may stop it earlier; only a later date adds nothing.
  if (suspendedAt !== undefined && suspendedAt <= data.effectiveAt) {
    // Suspending twice is a retry, not a mistake.
    return suspendedAt === data.effectiveAt
      ? right([])
      : left({ reason: 'instruction-already-suspended', suspendedAt });
  }
  return outOfOrder(before, data.effectiveAt) ?? right([{ type: 'InstructionSuspended', data }]);
};

export const resume = ({ data }: ResumeInstruction, record: InstructionRecord): InstructionDecision => {
  if (record.suspendedAt === undefined) {
    return record.resumedAt === data.effectiveAt ? right([]) : left({ reason: 'instruction-not-suspended' });
  }
  return outOfOrder(record, data.effectiveAt) ?? right([{ type: 'InstructionResumed', data }]);
};
