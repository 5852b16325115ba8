import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Simulation } from './simulation';

export interface SimulationOptions {
  /** How many runs, each from a seed of its own. */
  readonly seeds: number;
  readonly from: number;
  readonly mutant?: string;
  readonly workers: number;
}

/** An option that cannot be used; the message says which, what was expected and what was found. */
export class OptionProblem extends Error {
  override readonly name = 'OptionProblem';
}

export const helpOf = ({
  command,
  runs,
  subject,
  mutants,
}: Simulation): string => `Simulates ${subject}, with faults and crashes, each run from one seed.

  pnpm ${command} [--${runs} N] [--from SEED] [--mutant NAME] [--workers N]

  ${`--${runs}`.padEnd(11)}  how many ${runs}; default 10000
  --from       the seed of the first of them; default 1
  --mutant     simulates a system that is wrong on purpose:
               ${mutants.join(', ')}
  --workers    how many processes share the work; default: one for each core

Exit code 0 only when all ${runs} held; 1 when one did not, 2 when they could not be run, 130 when interrupted.`;

const wholeNumber = (option: string, text: string, max: number): number => {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= 1 && number <= max) return number;
  throw new OptionProblem(`--${option}: expected a whole number from 1 to ${max}, found "${text}".`);
};

const parse = (args: readonly string[], runs: Simulation['runs']) => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        [runs]: { type: 'string', default: '10000' },
        from: { type: 'string', default: '1' },
        workers: { type: 'string', default: String(availableParallelism()) },
        mutant: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    return values as {
      readonly [Runs in Simulation['runs']]?: string;
    } & { readonly from: string; readonly workers: string; readonly mutant?: string; readonly help: boolean };
  } catch (error) {
    throw new OptionProblem((error as Error).message);
  }
};

/** What the command line asks for; `help` when it asks how to ask. Throws an `OptionProblem`. */
export const readOptions = (
  args: readonly string[],
  { runs, mutants }: Pick<Simulation, 'runs' | 'mutants'>,
): SimulationOptions | 'help' => {
  const { from, workers, mutant, help: isHelpWanted, [runs]: seeds = '' } = parse(args, runs);
  if (isHelpWanted) return 'help';
  if (mutant !== undefined && !mutants.includes(mutant)) {
    throw new OptionProblem(`--mutant: expected one of ${mutants.join(', ')}, found "${mutant}".`);
  }
  return {
    seeds: wholeNumber(runs, seeds, 100_000_000),
    from: wholeNumber('from', from, 2_000_000_000),
    workers: wholeNumber('workers', workers, 256),
    ...(mutant === undefined ? {} : { mutant }),
  };
};
