import fc from 'fast-check';
import type { InstructionCommand, InstructionEvent } from '../processing-instruction';
import { arbitraryIds as ids } from './ids';
import { anyOf, messagesOf, type ArbitraryData, type ArbitraryMessages } from './messages';
import { arbitraryValues as values } from './values';
import { arbitraryWords as words } from './words';

const { contractId, instructionId, issuerId } = ids;
const { evidence, instant: effectiveAt, instructionContent } = values;

const clauses = fc.oneof(
  fc.constant('all' as const),
  values.clause.map((clause) => [clause] as const),
);

const eventData: ArbitraryData<InstructionEvent> = {
  InstructionIssued: fc.record(
    {
      contractId,
      instructionId,
      entitlement: fc.constantFrom('authorised', 'unknown-issuer'),
      content: instructionContent,
      supersedes: instructionId,
    },
    { requiredKeys: ['contractId', 'instructionId', 'entitlement', 'content'] },
  ),
  InstructionAmended: fc.record({ contractId, instructionId, effectiveAt, content: instructionContent }),
  InstructionSuspended: fc.record({ contractId, instructionId, effectiveAt }),
  InstructionResumed: fc.record({ contractId, instructionId, effectiveAt }),
  InstructionContested: fc.record({
    contractId,
    instructionId,
    effectiveAt,
    clauses,
    ground: words.contestGround,
    opinion: evidence,
    controllerInformedAt: values.instant,
  }),
  InstructionConfirmed: fc.record({ contractId, instructionId, effectiveAt, issuerId, answer: evidence }),
  InstructionRefused: fc.record({
    contractId,
    instructionId,
    effectiveAt,
    ground: words.contestGround,
    notice: evidence,
  }),
  InstructionWithdrawn: fc.record({ contractId, instructionId, effectiveAt, issuerId, withdrawal: evidence }),
  InstructionSuperseded: fc.record({ contractId, instructionId, effectiveAt, supersededBy: instructionId }),
};

const instructedContent = fc
  .tuple(instructionContent, fc.oneof(words.legalBasis, fc.constant('none-asserted' as const)))
  .map(([content, legalBasis]) => ({ ...content, legalBasis }));

const commandData: ArbitraryData<InstructionCommand> = {
  IssueInstruction: fc.record(
    { contractId, instructionId, content: instructedContent, supersedes: instructionId },
    { requiredKeys: ['contractId', 'instructionId', 'content'] },
  ),
  AmendInstruction: fc.record({ contractId, instructionId, effectiveAt, content: instructedContent }),
  SuspendInstruction: eventData.InstructionSuspended,
  ResumeInstruction: eventData.InstructionResumed,
  ContestInstruction: eventData.InstructionContested,
  ConfirmInstruction: eventData.InstructionConfirmed,
  RefuseInstruction: eventData.InstructionRefused,
  WithdrawInstruction: eventData.InstructionWithdrawn,
  SupersedeInstruction: eventData.InstructionSuperseded,
};

/** Events of an instruction, by type. Each has the right shape; together they are no history. */
export const instructionEvents: ArbitraryMessages<InstructionEvent> = messagesOf<InstructionEvent>(eventData);

/** Commands to an instruction, by type. */
export const instructionCommands: ArbitraryMessages<InstructionCommand> =
  messagesOf<InstructionCommand>(commandData);

/** Any event of an instruction. */
export const arbitraryInstructionEvent: fc.Arbitrary<InstructionEvent> =
  anyOf<InstructionEvent>(instructionEvents);

/** Any command to an instruction. */
export const arbitraryInstructionCommand: fc.Arbitrary<InstructionCommand> =
  anyOf<InstructionCommand>(instructionCommands);
