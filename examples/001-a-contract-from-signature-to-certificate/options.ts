import { parseArgs } from 'node:util';
import { join, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { sendsMin } from './generating/planned-log';
import { fullScale } from './generating/story';

/** How large the year is. */
export interface Scale {
  readonly recipients: number;
  readonly sends: number;
}

/** Where the demo can be told to stop. */
export const stops = ['sends', 'deletion', 'end'] as const;
export type Stop = (typeof stops)[number];

export interface DemoOptions {
  /** Where everything is kept that the run makes. */
  readonly folder: string;
  /** Where contract, instructions and data sets are read from. */
  readonly input: string;
  /** Absent: as an unfinished run in the folder has it, or in full. */
  readonly scale: Partial<Scale>;
  readonly stopBefore: Stop;
}

/** An option that cannot be used; the message says which, what was expected and what was found. */
export class OptionProblem extends Error {
  override readonly name = 'OptionProblem';
  readonly code = 'option-unusable';
}

/** The folder of this example, wherever the build lies. */
const exampleFolder = existsSync(join(__dirname, 'input')) ? __dirname : join(__dirname, '..');

const recipientsMin = 200;
const numberMax = 1_000_000;

export const help = `A contract from signature to certificate: a processor's year in a minute.

Usage: node dist/main.js [options]      (or: npx --yes pnpm@10.34.9 demo)

  --folder DIR         where the run keeps everything   (default: run/ in this example)
  --recipients N       people on the list, ${recipientsMin} or more  (default: ${fullScale.recipients})
  --sends N            lines of the send log, ${sendsMin} or more (default: ${fullScale.sends})
  --input DIR          contract.json, instructions.json, data-sets.json (default: input/ in this example)
  --stop-before WHAT   sends or deletion: prepare everything up to there and stop
  --help               this text

The same command again goes on where it stopped, also after kill -9. A run that has finished starts afresh.
Exit code: 0 when everything held, 1 when something did not, 2 when an input or the folder cannot be used, 130 when interrupted.`;

const numberFrom = (name: string, text: string | undefined, min: number): number | undefined => {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d{1,7}$/.test(text) && number >= min && number <= numberMax) return number;
  throw new OptionProblem(
    `--${name}: expected a whole number from ${min} to ${numberMax}, found something else.`,
  );
};

const stopFrom = (text: string | undefined): Stop => {
  const stop = text === undefined ? 'end' : stops.find((known) => known === text);
  if (stop !== undefined) return stop;
  throw new OptionProblem(`--stop-before: expected sends or deletion, found something else.`);
};

const config = {
  folder: { type: 'string' },
  input: { type: 'string' },
  recipients: { type: 'string' },
  sends: { type: 'string' },
  'stop-before': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const parsed = (
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof config }>>['values'] => {
  try {
    return parseArgs({ args: [...args], options: config }).values;
  } catch {
    throw new OptionProblem(
      'Expected only the options that --help lists, found another one or one without its value.',
    );
  }
};

/** What the command line asks for. Throws an `OptionProblem`. */
export const optionsFrom = (args: readonly string[]): DemoOptions | 'help' => {
  const values = parsed(args);
  if (values.help === true) return 'help';
  const recipients = numberFrom('recipients', values.recipients, recipientsMin);
  const sends = numberFrom('sends', values.sends, sendsMin);
  return {
    folder: resolve(values.folder ?? join(exampleFolder, 'run')),
    input: resolve(values.input ?? join(exampleFolder, 'input')),
    scale: { ...(recipients === undefined ? {} : { recipients }), ...(sends === undefined ? {} : { sends }) },
    stopBefore: stopFrom(values['stop-before']),
  };
};
