import { isLeft, left, right, type Either } from 'fp-ts/Either';
import type { AmendInstruction, InstructionCommand, IssueInstruction } from './commands';
import { checkedContent, entitlementOf } from './decide-content';
import { confirm, contest, refuse, supersede, withdraw } from './decide-dispute';
import { resume, suspend } from './decide-interruption';
import type { InstructionDecision, InstructionFacts } from './decision';
import type { InstructionRejection } from './rejections';
import { contestedAt, type InstructionRecord, type ProcessingInstruction } from './state';

/** Ends an instruction; that may come earlier than what ended it so far. */
const isEnding = (command: Change): boolean =>
  command.type === 'WithdrawInstruction' || command.type === 'RefuseInstruction';

/** The instruction's record, while the command can still change it; otherwise why it cannot. */
const changeable = (
  command: Change,
  instruction: ProcessingInstruction,
  { now }: InstructionFacts,
): Either<InstructionRejection, InstructionRecord> => {
  switch (instruction.status) {
    case 'none':
      return left({ reason: 'instruction-not-issued' });
    case 'issued':
      return right(instruction.record);
    case 'ended': {
      const { ending, endedAt, record } = instruction;
      const isNews = isEnding(command) ? command.data.effectiveAt < endedAt : now < endedAt;
      return isNews ? right(record) : left({ reason: 'instruction-ended', ending, endedAt });
    }
  }
};

const issue = (
  { data }: IssueInstruction,
  instruction: ProcessingInstruction,
  facts: InstructionFacts,
): InstructionDecision => {
  const { instructionId, contractId, supersedes } = data;
  if (instruction.status !== 'none') return left({ reason: 'instruction-already-issued', instructionId });
  if (supersedes === instructionId) return left({ reason: 'supersedes-itself' });
  const checked = checkedContent(contractId, data.content, facts);
  if (isLeft(checked)) return checked;
  const { content, agreement } = checked.right;
  const entitlement = entitlementOf(agreement, content.issuerId, content.evidence.receivedAt);
  return right([{ type: 'InstructionIssued', data: { ...data, content, entitlement } }]);
};

const amend = (
  { data }: AmendInstruction,
  record: InstructionRecord,
  facts: InstructionFacts,
): InstructionDecision => {
  const checked = checkedContent(record.contractId, data.content, facts);
  if (isLeft(checked)) return checked;
  const { content, agreement } = checked.right;
  const { issuerId } = content;
  if (entitlementOf(agreement, issuerId, content.evidence.receivedAt) !== 'authorised') {
    return left({ reason: 'issuer-not-authorised', issuerId });
  }
  const contested = contestedAt(record);
  // An amendment answers a contest, so it comes after it: backdated, it would make the contest undone.
  if (contested !== undefined && data.effectiveAt <= contested) {
    return left({ reason: 'amendment-out-of-order', lastEffectiveAt: contested, found: data.effectiveAt });
  }
  const lastEffectiveAt = record.versions.at(-1)?.effectiveAt;
  return lastEffectiveAt !== undefined && data.effectiveAt <= lastEffectiveAt
    ? left({ reason: 'amendment-out-of-order', lastEffectiveAt, found: data.effectiveAt })
    : right([{ type: 'InstructionAmended', data: { ...data, content } }]);
};

/** What follows from a command to an instruction. */
export const decide = (
  command: InstructionCommand,
  instruction: ProcessingInstruction,
  facts: InstructionFacts,
): InstructionDecision => {
  if (command.type === 'IssueInstruction') return issue(command, instruction, facts);
  const found = command.data.contractId;
  if (instruction.status !== 'none' && instruction.record.contractId !== found) {
    return left({ reason: 'instruction-of-another-contract', found });
  }
  if (command.type === 'SupersedeInstruction') return supersede(command, instruction);
  const record = changeable(command, instruction, facts);
  return isLeft(record) ? record : change(command, record.right, facts);
};

type Change = Exclude<InstructionCommand, { type: 'IssueInstruction' | 'SupersedeInstruction' }>;

const change = (command: Change, record: InstructionRecord, facts: InstructionFacts): InstructionDecision => {
  switch (command.type) {
    case 'AmendInstruction':
      return amend(command, record, facts);
    case 'SuspendInstruction':
      return suspend(command, record);
    case 'ResumeInstruction':
      return resume(command, record);
    case 'ContestInstruction':
      return contest(command, record, facts);
    case 'ConfirmInstruction':
      return confirm(command, record, facts);
    case 'RefuseInstruction':
      return refuse(command, record);
    case 'WithdrawInstruction':
      return withdraw(command, record, facts);
  }
};
