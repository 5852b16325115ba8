import { isLeft, left, right } from 'fp-ts/Either';
import type { Evidence, IssuerId } from '../vocabulary';
import type {
  ConfirmInstruction,
  ContestInstruction,
  RefuseInstruction,
  SupersedeInstruction,
  WithdrawInstruction,
} from './commands';
import { agreementInForce, entitlementOf, fromTheFuture } from './decide-content';
import type { InstructionDecision, InstructionFacts } from './decision';
import { contestedAt, doesCover, type InstructionRecord, type ProcessingInstruction } from './state';

/** The processor informs the controller at once that it thinks an instruction infringes the law (Art. 28(3)). */
export const contest = (
  { data }: ContestInstruction,
  record: InstructionRecord,
  facts: InstructionFacts,
): InstructionDecision => {
  const { effectiveAt: from, clauses } = data;
  const earlier = record.contests.find((open) => doesCover(open, { from, clauses }));
  // More clauses, or from an earlier time on, is news; the same again is not.
  if (earlier !== undefined)
    return left({ reason: 'instruction-already-contested', contestedAt: earlier.from });
  const future = fromTheFuture({ ...data.opinion, receivedAt: data.controllerInformedAt }, facts);
  if (future !== undefined) return left(future);
  const known = record.versions.flatMap(({ content }) => content.grants.map((grant) => grant.clause));
  const unknown = data.clauses === 'all' ? undefined : data.clauses.find((clause) => !known.includes(clause));
  return unknown === undefined
    ? right([{ type: 'InstructionContested', data }])
    : left({ reason: 'clause-unknown', clause: unknown });
};

const unentitled = (
  record: InstructionRecord,
  { issuerId, document }: { readonly issuerId: IssuerId; readonly document: Evidence },
  facts: InstructionFacts,
): InstructionDecision | undefined => {
  const agreement = agreementInForce(record.contractId, facts.contract, facts.now);
  if (isLeft(agreement)) return agreement;
  const future = fromTheFuture(document, facts);
  if (future !== undefined) return left(future);
  return entitlementOf(agreement.right, issuerId, document.receivedAt) === 'authorised'
    ? undefined
    : left({ reason: 'issuer-not-authorised', issuerId });
};

export const confirm = (
  { data }: ConfirmInstruction,
  record: InstructionRecord,
  facts: InstructionFacts,
): InstructionDecision => {
  const lastEffectiveAt = contestedAt(record);
  if (lastEffectiveAt === undefined) return left({ reason: 'instruction-not-contested' });
  if (data.effectiveAt <= lastEffectiveAt) {
    return left({ reason: 'interruption-out-of-order', lastEffectiveAt, found: data.effectiveAt });
  }
  return (
    unentitled(record, { issuerId: data.issuerId, document: data.answer }, facts) ??
    right([{ type: 'InstructionConfirmed', data }])
  );
};

export const refuse = ({ data }: RefuseInstruction, record: InstructionRecord): InstructionDecision =>
  record.contests.length === 0
    ? left({ reason: 'instruction-not-contested' })
    : right([{ type: 'InstructionRefused', data }]);

export const withdraw = (
  { data }: WithdrawInstruction,
  record: InstructionRecord,
  facts: InstructionFacts,
): InstructionDecision =>
  unentitled(record, { issuerId: data.issuerId, document: data.withdrawal }, facts) ??
  right([{ type: 'InstructionWithdrawn', data }]);

export const supersede = (
  { data }: SupersedeInstruction,
  instruction: ProcessingInstruction,
): InstructionDecision => {
  const { instructionId, supersededBy } = data;
  if (instructionId === supersededBy) return left({ reason: 'supersedes-itself' });
  switch (instruction.status) {
    case 'none':
      return left({ reason: 'instruction-not-issued' });
    case 'issued':
      return right([{ type: 'InstructionSuperseded', data }]);
    case 'ended':
      if (instruction.supersededBy === supersededBy && instruction.endedAt <= data.effectiveAt)
        return right([]);
      return data.effectiveAt < instruction.endedAt
        ? right([{ type: 'InstructionSuperseded', data }])
        : left({ reason: 'instruction-ended', ending: instruction.ending, endedAt: instruction.endedAt });
  }
};
