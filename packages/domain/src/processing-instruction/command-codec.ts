import { instantCodec, recordCodec } from '@mandate/event-sourcing';
import * as t from 'io-ts';
import type { CommandCodecs } from '../command-codecs';
import { contractId, instructionId, legalBasis } from '../vocabulary';
import type { AmendInstruction, InstructedContent, InstructionCommand, IssueInstruction } from './commands';
import { contentFields, optionalContentFields } from './content';
import { instructionEventSchemas as events } from './event-codec';

const instructedContent: t.Type<InstructedContent, unknown> = recordCodec<InstructedContent>(
  'the content of an instruction',
  { ...contentFields, legalBasis: t.union([legalBasis, t.literal('none-asserted')]) },
  optionalContentFields,
);

/** What the data of each command to an instruction looks like. */
export const instructionCommandCodecs: CommandCodecs<InstructionCommand> = {
  IssueInstruction: recordCodec<IssueInstruction['data']>(
    'IssueInstruction',
    { contractId, instructionId, content: instructedContent },
    { supersedes: instructionId },
  ),
  AmendInstruction: recordCodec<AmendInstruction['data']>('AmendInstruction', {
    contractId,
    instructionId,
    effectiveAt: instantCodec,
    content: instructedContent,
  }),
  SuspendInstruction: events.InstructionSuspended.data,
  ResumeInstruction: events.InstructionResumed.data,
  ContestInstruction: events.InstructionContested.data,
  ConfirmInstruction: events.InstructionConfirmed.data,
  RefuseInstruction: events.InstructionRefused.data,
  WithdrawInstruction: events.InstructionWithdrawn.data,
  SupersedeInstruction: events.InstructionSuperseded.data,
};
