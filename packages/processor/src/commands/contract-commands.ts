import type { ContractCommand, ContractEvent, ContractRejection } from '@mandate/domain';
import type { CommandOptions, CommandResult } from './outcome';
import type { Written } from './written';

type Input<Type extends ContractCommand['type']> = Written<Extract<ContractCommand, { type: Type }>['data']>;
type Result = Promise<CommandResult<ContractEvent, ContractRejection>>;

/** What the parties of a contract do. */
export interface ContractCommands {
  /** Records that controller and processor agreed (Art. 28(3)). */
  readonly conclude: (input: Input<'ConcludeContract'>, options: CommandOptions) => Result;
  /** Records new terms from an instant on. */
  readonly amend: (input: Input<'AmendContract'>, options: CommandOptions) => Result;
  /** From an instant on: store and secure only (SCC 10(a)). */
  readonly suspend: (input: Input<'SuspendContract'>, options: CommandOptions) => Result;
  readonly resume: (input: Input<'ResumeContract'>, options: CommandOptions) => Result;
  /** Announces the end; deletion begins by itself when it has come. */
  readonly giveTerminationNotice: (input: Input<'GiveTerminationNotice'>, options: CommandOptions) => Result;
  readonly withdrawTerminationNotice: (
    input: Input<'WithdrawTerminationNotice'>,
    options: CommandOptions,
  ) => Result;
  /** Records an end that has come. */
  readonly terminate: (input: Input<'TerminateContract'>, options: CommandOptions) => Result;
  /** Delete, or return and delete: the controller's choice until the end (Art. 28(3)(g)). */
  readonly chooseEndOfService: (input: Input<'ChooseEndOfService'>, options: CommandOptions) => Result;
  /** Names somebody who may instruct for the controller (Art. 29). */
  readonly authoriseIssuer: (input: Input<'AuthoriseIssuer'>, options: CommandOptions) => Result;
  readonly revokeIssuer: (input: Input<'RevokeIssuer'>, options: CommandOptions) => Result;
  /** Gives notice of a sub-processor and opens the window for objections (Art. 28(2)). */
  readonly announceSubProcessor: (input: Input<'AnnounceSubProcessor'>, options: CommandOptions) => Result;
  readonly authoriseSubProcessor: (input: Input<'AuthoriseSubProcessor'>, options: CommandOptions) => Result;
  readonly objectToSubProcessor: (input: Input<'ObjectToSubProcessor'>, options: CommandOptions) => Result;
  readonly dismissSubProcessor: (input: Input<'DismissSubProcessor'>, options: CommandOptions) => Result;
}
