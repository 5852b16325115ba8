import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { simulationMutants, type SimulationMutant } from '@mandate/event-sourcing/testing';

export interface SimulationOptions {
  readonly seeds: number;
  readonly from: number;
  readonly mutant?: SimulationMutant;
  readonly workers: number;
}

/** An option that cannot be used; the message says which, what was expected and what was found. */
export class OptionProblem extends Error {
  override readonly name = 'OptionProblem';
}

export const help = `Simulates store, projections and process manager with faults and crashes, each run from one seed.

  pnpm simulate [--seeds N] [--from SEED] [--mutant NAME] [--workers N]

  --seeds    how many seeds; default 10000
  --from     the first of them; default 1
  --mutant   simulates a system that is wrong on purpose: ${Object.keys(simulationMutants).join(', ')}
  --workers  how many processes share the work; default: one for each core

Exit code 0 only when every seed held.`;

const isMutant = (name: string): name is SimulationMutant => Object.hasOwn(simulationMutants, name);

const wholeNumber = (option: string, text: string, max: number): number => {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= 1 && number <= max) return number;
  throw new OptionProblem(`--${option}: expected a whole number from 1 to ${max}, found "${text}".`);
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seeds: { type: 'string', default: '10000' },
        from: { type: 'string', default: '1' },
        workers: { type: 'string', default: String(availableParallelism()) },
        mutant: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new OptionProblem((error as Error).message);
  }
};

/** What the command line asks for; `help` when it asks how to ask. Throws an `OptionProblem`. */
export const readOptions = (args: readonly string[]): SimulationOptions | 'help' => {
  const { seeds, from, workers, mutant, help: isHelpWanted } = parse(args);
  if (isHelpWanted) return 'help';
  if (mutant !== undefined && !isMutant(mutant)) {
    const known = Object.keys(simulationMutants).join(', ');
    throw new OptionProblem(`--mutant: expected one of ${known}, found "${mutant}".`);
  }
  return {
    seeds: wholeNumber('seeds', seeds, 100_000_000),
    from: wholeNumber('from', from, 2_000_000_000),
    workers: wholeNumber('workers', workers, 256),
    ...(mutant === undefined ? {} : { mutant }),
  };
};
