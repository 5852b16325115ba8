import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** In the order in which works run; all when none was named. */
  readonly names: readonly string[];
  /** How many events the long log has. */
  readonly events: number;
  readonly rounds: number;
  /** Where the databases of a run lie; on the disk that is to be measured. */
  readonly folder: string | undefined;
}

/** An argument that cannot be used; the message says which and what was expected. */
export class OptionProblem extends Error {
  override readonly name = 'OptionProblem';
  readonly code = 'option-unusable';
}

const roundsMin = 5;
const eventsMin = 10_000;
const eventsDefault = 1_000_000;

export const helpOn = (
  about: readonly (readonly [name: string, about: string])[],
): string => `Usage: pnpm bench [name...] [options]

${about.map(([name, sentence]) => `  ${name.padEnd(14)} ${sentence}`).join('\n')}

  --events N     events in the long log, ${eventsMin} or more   (default: ${eventsDefault})
  --rounds N     rounds of each comparison, ${roundsMin} or more (default: ${roundsMin})
  --folder DIR   where the databases of the run lie         (default: the folder for temporary files)
  --help         this text

Every work also writes packages/benchmarks/out/<name>.json.
Exit code: 0 when everything was measured, 1 when a work did not do what it should, 2 for unusable arguments.`;

const wholeNumber = (name: string, text: string | undefined, min: number, otherwise: number): number => {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (/^\d{1,9}$/.test(text) && number >= min) return number;
  throw new OptionProblem(`--${name}: expected a whole number of ${min} or more.`);
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      // pnpm passes on the two hyphens before the arguments of a script.
      args: args.filter((argument) => argument !== '--'),
      allowPositionals: true,
      options: {
        events: { type: 'string' },
        rounds: { type: 'string' },
        folder: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new OptionProblem((error as Error).message);
  }
};

/** Reads the arguments. Throws an `OptionProblem` for what is unknown or out of bounds. */
export const optionsFrom = (args: readonly string[], known: readonly string[]): BenchOptions | 'help' => {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new OptionProblem(`Unknown: ${unknown.join(', ')}. Known: ${known.join(', ')}.`);
  }
  return {
    names: known.filter((name) => positionals.length === 0 || positionals.includes(name)),
    events: wholeNumber('events', values.events, eventsMin, eventsDefault),
    rounds: wholeNumber('rounds', values.rounds, roundsMin, roundsMin),
    folder: values.folder,
  };
};
