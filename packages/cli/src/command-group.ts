import type { Command } from 'commander';
import type { ExitCode } from './exit-codes';
import type { Surroundings } from './surroundings';

/** A program that commands are added to, and what they do with the world and with their answer. */
export interface CommandGroup {
  readonly program: Command;
  readonly surroundings: Surroundings;
  readonly done: (code: ExitCode) => void;
}

export interface CommandHelp {
  readonly usage: string;
  readonly description: string;
  /** Lines that can be typed, without `mandate`. */
  readonly examples: readonly [string, ...string[]];
  readonly codes?: string;
}

export const usualCodes =
  'Exit codes: 0 fine or allowed, 1 denied, 2 wrong usage or input, 3 the history cannot be read, 130 interrupted.';

/** Adds a command that asks a history. */
export const addQuestion = (
  { program }: CommandGroup,
  { usage, description, examples, codes = usualCodes }: CommandHelp,
): Command =>
  program
    .command(usage)
    .description(description)
    .requiredOption('--file <file>', 'SQLite file that holds the history')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      `\nExample:\n${examples.map((line) => `  $ mandate ${line}\n`).join('')}\n${codes}`,
    );

/** Adds the two times of a question. */
export const withTimes = (command: Command): Command =>
  command
    .option('--valid-at <instant>', 'when it takes place; default: now')
    .option('--known-at <moment>', 'by what was on record at an instant or position; default: everything');
