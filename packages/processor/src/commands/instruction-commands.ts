import type { InstructionCommand, InstructionEvent, InstructionRejection } from '@mandate/domain';
import type { CommandOptions, CommandResult } from './outcome';
import type { Written } from './written';

type Input<Type extends InstructionCommand['type']> = Written<
  Extract<InstructionCommand, { type: Type }>['data']
>;
type Result = Promise<CommandResult<InstructionEvent, InstructionRejection>>;

/** What becomes of the controller's documented instructions (Art. 28(3)(a)). */
export interface InstructionCommands {
  /** Records an instruction. One by an unknown issuer is accepted on record and never takes effect. */
  readonly issue: (input: Input<'IssueInstruction'>, options: CommandOptions) => Result;
  readonly amend: (input: Input<'AmendInstruction'>, options: CommandOptions) => Result;
  readonly suspend: (input: Input<'SuspendInstruction'>, options: CommandOptions) => Result;
  readonly resume: (input: Input<'ResumeInstruction'>, options: CommandOptions) => Result;
  /** The processor tells the controller that clauses infringe the law, and does nothing of them meanwhile. */
  readonly contest: (input: Input<'ContestInstruction'>, options: CommandOptions) => Result;
  /** The controller insists, and the processor follows. */
  readonly confirm: (input: Input<'ConfirmInstruction'>, options: CommandOptions) => Result;
  /** The processor will not follow a contested instruction. */
  readonly refuse: (input: Input<'RefuseInstruction'>, options: CommandOptions) => Result;
  readonly withdraw: (input: Input<'WithdrawInstruction'>, options: CommandOptions) => Result;
  /** Records on the old instruction that a new one took its place; `issue` does so by itself. */
  readonly supersede: (input: Input<'SupersedeInstruction'>, options: CommandOptions) => Result;
}
