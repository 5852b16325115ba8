import { Command, CommanderError } from 'commander';
import { exitCodes, type ExitCode } from './exit-codes';
import { explainDecision, type ExplainOptions } from './explain';
import { isInputError } from './input-error';
import {
  showContracts,
  showDiff,
  showScope,
  showTimeline,
  type FileOptions,
  type RangeOptions,
  type TimeOptions,
} from './questions';
import { replayHistory, type ReplayCommandOptions } from './replay-history';
import type { Surroundings } from './surroundings';

const codes =
  '\nExit codes: 0 fine or allowed, 1 denied, 2 wrong usage or input, 3 the history cannot be read, 130 interrupted.';

const example = (line: string): string => `\nExample:\n  $ mandate ${line}\n${codes}`;

const programOf = (surroundings: Surroundings, done: (code: ExitCode) => void): Command => {
  const program = new Command('mandate')
    .description('Questions to the history of a data processor (GDPR Art. 28). It only reads.')
    .addHelpText('after', codes)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void surroundings.write(text),
      writeErr: (text) => {
        surroundings.complain(text);
      },
    });
  const add = (usage: string, description: string, line: string): Command =>
    program
      .command(usage)
      .description(description)
      .requiredOption('--file <file>', 'SQLite file that holds the history')
      .option('--json', 'answer as JSON')
      .addHelpText('after', example(line));
  const at = (command: Command): Command =>
    command
      .option('--valid-at <instant>', 'when it takes place; default: now')
      .option('--known-at <moment>', 'by what was on record at an instant or position; default: everything');

  add('contracts', 'list the contracts and their state', 'contracts --file history.sqlite').action(
    async (options: FileOptions) => {
      done(await showContracts(surroundings, options));
    },
  );
  at(
    add('scope <contract>', 'what a contract allows at an instant', 'scope CONTRACT --file history.sqlite'),
  ).action(async (contract: string, options: TimeOptions) => {
    done(await showScope(surroundings, contract, options));
  });
  add('timeline <contract>', 'the story of a contract', 'timeline CONTRACT --file history.sqlite').action(
    async (contract: string, options: FileOptions) => {
      done(await showTimeline(surroundings, contract, options));
    },
  );
  add(
    'diff <contract>',
    'what changed between two instants, and by which events',
    'diff CONTRACT --file history.sqlite --from 2026-01-01T00:00:00.000Z --to 2026-02-01T00:00:00.000Z',
  )
    .requiredOption('--from <instant>', 'what held, and was known, then')
    .requiredOption('--to <instant>', 'compared with this instant')
    .action(async (contract: string, options: RangeOptions) => {
      done(await showDiff(surroundings, contract, options));
    });
  add(
    'replay',
    'print the events in the order of the log; with --json one object a line',
    'replay --file history.sqlite',
  )
    .option('--from <moment>', 'after this instant or position')
    .option('--to <moment>', 'up to and with this instant or position')
    .option('--contract <contract>', 'only the events of this contract')
    .action(async (options: ReplayCommandOptions) => {
      done(await replayHistory(surroundings, options));
    });
  at(
    add(
      'explain',
      'whether something may be done, why, and by which events; the request by options, or as JSON on standard input',
      'explain --file history.sqlite --operation store --contract CONTRACT --data-set DATA_SET',
    ),
  )
    .option('--operation <operation>', 'process, store, secure, return or erase')
    .option('--contract <contract>')
    .option('--data-set <data-set>')
    .option('--purpose <purpose>')
    .option('--category <category...>', 'one or more categories of data')
    .option('--channel <channel>')
    .option('--country <country>')
    .option('--sub-processor <sub-processor>')
    .option('--language <language>', 'of the text: en or pl; JSON holds both', 'en')
    .action(async (options: ExplainOptions) => {
      done(await explainDecision(surroundings, options));
    });
  return program;
};

/** A failure to read is never taken for an answer. */
const codeOf = (error: unknown, { complain }: Surroundings): ExitCode => {
  // Commander has said what is wrong.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.wrongInput;
  complain(`mandate: ${error instanceof Error ? error.message : 'an unknown failure'}\n`);
  return isInputError(error) ? exitCodes.wrongInput : exitCodes.unreadable;
};

/** Runs the command with its arguments, and says with which code to end. */
export const runMandate = async (
  parameters: readonly string[],
  surroundings: Surroundings,
): Promise<ExitCode> => {
  let code: ExitCode = exitCodes.wrongInput;
  try {
    const program = programOf(surroundings, (answered) => {
      code = answered;
    });
    await program.parseAsync([...parameters], { from: 'user' });
  } catch (error) {
    code = codeOf(error, surroundings);
  }
  return surroundings.signal.aborted ? exitCodes.interrupted : code;
};
