import { contractCommandCodecs, instructionCommandCodecs } from '@mandate/domain';
import type { CommandOptions, CommandResult, Processor } from '@mandate/processor';
import type { Validation } from 'io-ts';

/** What came of a command, whichever it was. */
export type GivenResult = CommandResult<object, { readonly reason: string }>;

/** A command as an input file may name it: what its data looks like, and who carries it out. */
export interface KnownCommand {
  readonly decode: (data: unknown) => Validation<unknown>;
  readonly give: (processor: Processor, data: unknown, options: CommandOptions) => Promise<GivenResult>;
}

const ofContracts = (
  type: keyof typeof contractCommandCodecs,
  method: keyof Processor['contracts'],
): readonly [string, KnownCommand] => [
  type,
  {
    decode: (data) => contractCommandCodecs[type].decode(data),
    // The library checks what it is given; here it is only passed on.
    give: ({ contracts }, data, options) => contracts[method](data as never, options),
  },
];

const ofInstructions = (
  type: keyof typeof instructionCommandCodecs,
  method: keyof Processor['instructions'],
): readonly [string, KnownCommand] => [
  type,
  {
    decode: (data) => instructionCommandCodecs[type].decode(data),
    give: ({ instructions }, data, options) => instructions[method](data as never, options),
  },
];

/** Everything that `contract.json` and `instructions.json` can say. */
export const knownCommands: ReadonlyMap<string, KnownCommand> = new Map([
  ofContracts('ConcludeContract', 'conclude'),
  ofContracts('AmendContract', 'amend'),
  ofContracts('SuspendContract', 'suspend'),
  ofContracts('ResumeContract', 'resume'),
  ofContracts('GiveTerminationNotice', 'giveTerminationNotice'),
  ofContracts('WithdrawTerminationNotice', 'withdrawTerminationNotice'),
  ofContracts('TerminateContract', 'terminate'),
  ofContracts('ChooseEndOfService', 'chooseEndOfService'),
  ofContracts('AuthoriseIssuer', 'authoriseIssuer'),
  ofContracts('RevokeIssuer', 'revokeIssuer'),
  ofContracts('AnnounceSubProcessor', 'announceSubProcessor'),
  ofContracts('AuthoriseSubProcessor', 'authoriseSubProcessor'),
  ofContracts('ObjectToSubProcessor', 'objectToSubProcessor'),
  ofContracts('DismissSubProcessor', 'dismissSubProcessor'),
  ofInstructions('IssueInstruction', 'issue'),
  ofInstructions('AmendInstruction', 'amend'),
  ofInstructions('SuspendInstruction', 'suspend'),
  ofInstructions('ResumeInstruction', 'resume'),
  ofInstructions('ContestInstruction', 'contest'),
  ofInstructions('ConfirmInstruction', 'confirm'),
  ofInstructions('RefuseInstruction', 'refuse'),
  ofInstructions('WithdrawInstruction', 'withdraw'),
  ofInstructions('SupersedeInstruction', 'supersede'),
]);
