import { left, right } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { ContractCommands } from '../commands/contract-commands';
import type { DataSetCommands } from '../commands/data-set-commands';
import type { InstructionCommands } from '../commands/instruction-commands';
import type { Accepted, CommandResult } from '../commands/outcome';
import type { DecisionResult, ExplanationResult, ScopeResult } from '../decision-results';
import type { Processor } from '../processor';
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

export type Explained = Extract<ExplanationResult, { outcome: 'explained' }>;
export type NotExplained = Exclude<ExplanationResult, Explained>;
export type FoundScope = Extract<ScopeResult, { outcome: 'found' }>;
export type NoScope = Exclude<ScopeResult, FoundScope>;

/** A processor for those who compose with fp-ts. What is not here is the same on the processor itself. */
export interface FpProcessor {
  readonly contracts: AsTaskEither<ContractCommands>;
  readonly instructions: AsTaskEither<InstructionCommands>;
  readonly dataSets: AsTaskEither<DataSetCommands>;
  /** Right: allowed. Left: denied, or a fault, which is no permission either. */
  readonly decide: (...args: Parameters<Processor['decide']>) => TaskEither<Denied | Error, Allowed>;
  /** Right: the answer with all that it rests on, be it a denial. Left: not understood, or a fault. */
  readonly explain: (
    ...args: Parameters<Processor['explain']>
  ) => TaskEither<NotExplained | Error, Explained>;
  /** Right: what may be done. Left: there is nothing to show, or a fault. */
  readonly scopeAt: (...args: Parameters<Processor['scopeAt']>) => TaskEither<NoScope | Error, FoundScope>;
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

/** Right when an answer is of the wanted kind, left when it is of another, and with an error when there is none. */
const answerTask =
  <Answer, Wanted extends Answer>(
    ask: () => Promise<Answer>,
    isWanted: (answer: Answer) => answer is Wanted,
  ): TaskEither<Exclude<Answer, Wanted> | Error, Wanted> =>
  async () => {
    try {
      const answer = await ask();
      return isWanted(answer) ? right(answer) : left(answer as Exclude<Answer, Wanted>);
    } catch (fault) {
      return left(errorOf(fault));
    }
  };

const isAllowed = (result: DecisionResult): result is Allowed => result.decision === 'allow';
const isExplained = (result: ExplanationResult): result is Explained => result.outcome === 'explained';
const isFound = (result: ScopeResult): result is FoundScope => result.outcome === 'found';

/** Wraps a processor for fp-ts. */
export const fpProcessor = (processor: Processor): FpProcessor => ({
  contracts: asTaskEither(processor.contracts),
  instructions: asTaskEither(processor.instructions),
  dataSets: asTaskEither(processor.dataSets),
  decide: (...asked) => answerTask(() => processor.decide(...asked), isAllowed),
  explain: (...asked) => answerTask(() => processor.explain(...asked), isExplained),
  scopeAt: (...asked) => answerTask(() => processor.scopeAt(...asked), isFound),
});
