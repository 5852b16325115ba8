import { left, right } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { ContractCommands } from '../commands/contract-commands';
import type { DataSetCommands } from '../commands/data-set-commands';
import type { InstructionCommands } from '../commands/instruction-commands';
import type { Accepted, CommandResult } from '../commands/outcome';
import type { DecisionResult, Processor } from '../processor';
import { commandTask, errorOf, type NotAccepted } from './task-either';

/** The same calls, each as a `TaskEither` in place of a promise of an outcome. */
export type AsTaskEither<Commands> = {
  readonly [Name in keyof Commands]: Commands[Name] extends (
    ...args: infer Arguments
  ) => Promise<CommandResult<infer Event, infer Rejection>>
    ? (...args: Arguments) => TaskEither<NotAccepted<Rejection>, Accepted<Event>>
    : never;
};

export type Allowed = Extract<DecisionResult, { decision: 'allow' }>;
export type Denied = Extract<DecisionResult, { decision: 'deny' }>;

/** A processor for those who compose with fp-ts. What is not here is the same on the processor itself. */
export interface FpProcessor {
  readonly contracts: AsTaskEither<ContractCommands>;
  readonly instructions: AsTaskEither<InstructionCommands>;
  readonly dataSets: AsTaskEither<DataSetCommands>;
  /** Right: allowed. Left: denied, or a fault, which is no permission either. */
  readonly decide: (...args: Parameters<Processor['decide']>) => TaskEither<Denied | Error, Allowed>;
}

type Command = (...args: readonly never[]) => Promise<CommandResult<unknown, unknown>>;

const asTaskEither = <Commands extends { readonly [Name in keyof Commands]: Command }>(
  commands: Commands,
): AsTaskEither<Commands> =>
  Object.fromEntries(
    Object.entries<Command>(commands).map(([name, command]) => [
      name,
      (...args: readonly never[]) => commandTask(() => command(...args)),
    ]),
  ) as AsTaskEither<Commands>;

/** Wraps a processor for fp-ts. */
export const fpProcessor = ({ contracts, instructions, dataSets, decide }: Processor): FpProcessor => ({
  contracts: asTaskEither(contracts),
  instructions: asTaskEither(instructions),
  dataSets: asTaskEither(dataSets),
  decide: (request, options) => async () => {
    try {
      const result = await decide(request, options);
      return result.decision === 'allow' ? right(result) : left(result);
    } catch (fault) {
      return left(errorOf(fault));
    }
  },
});
