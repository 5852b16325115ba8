import type { ContractId, InstructionId, LegalBasis } from '../vocabulary';
import type { InstructionContent } from './content';
import type * as Events from './events';

/** What the controller wrote. It may have asserted no legal basis; then the instruction is refused (F2). */
export type InstructedContent = Omit<InstructionContent, 'legalBasis'> & {
  readonly legalBasis: LegalBasis | 'none-asserted';
};

export interface IssueInstruction {
  readonly type: 'IssueInstruction';
  readonly data: {
    readonly contractId: ContractId;
    readonly instructionId: InstructionId;
    readonly content: InstructedContent;
    readonly supersedes?: InstructionId;
  };
}
export interface AmendInstruction {
  readonly type: 'AmendInstruction';
  readonly data: Omit<Events.InstructionAmended['data'], 'content'> & { readonly content: InstructedContent };
}
export interface SuspendInstruction {
  readonly type: 'SuspendInstruction';
  readonly data: Events.InstructionSuspended['data'];
}
export interface ResumeInstruction {
  readonly type: 'ResumeInstruction';
  readonly data: Events.InstructionResumed['data'];
}
export interface ContestInstruction {
  readonly type: 'ContestInstruction';
  readonly data: Events.InstructionContested['data'];
}
export interface ConfirmInstruction {
  readonly type: 'ConfirmInstruction';
  readonly data: Events.InstructionConfirmed['data'];
}
export interface RefuseInstruction {
  readonly type: 'RefuseInstruction';
  readonly data: Events.InstructionRefused['data'];
}
export interface WithdrawInstruction {
  readonly type: 'WithdrawInstruction';
  readonly data: Events.InstructionWithdrawn['data'];
}
export interface SupersedeInstruction {
  readonly type: 'SupersedeInstruction';
  readonly data: Events.InstructionSuperseded['data'];
}

export type InstructionCommand =
  | IssueInstruction
  | AmendInstruction
  | SuspendInstruction
  | ResumeInstruction
  | ContestInstruction
  | ConfirmInstruction
  | RefuseInstruction
  | WithdrawInstruction
  | SupersedeInstruction;
