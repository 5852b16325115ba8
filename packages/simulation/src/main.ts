// `pnpm simulate`: see `--help`.
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { simulate } from '@mandate/event-sourcing/testing';
import { Presets, SingleBar } from 'cli-progress';
import { help, OptionProblem, readOptions, type SimulationOptions } from './options';
import type { Told } from './worker';

interface Tally {
  held: number;
  readonly broken: Extract<Told, { outcome: 'broken' }>[];
}

const isTerminal = process.stdout.isTTY;

const createBar = (seeds: number): { readonly advance: () => void; readonly end: () => void } => {
  if (!isTerminal) return { advance: () => undefined, end: () => undefined };
  const bar = new SingleBar(
    { format: '  {bar} {value} of {total} seeds, {eta_formatted} left' },
    Presets.shades_classic,
  );
  bar.start(seeds, 0);
  return { advance: () => bar.increment(), end: () => bar.stop() };
};

const start = (
  options: SimulationOptions,
  worker: number,
  onTold: (told: Told) => void,
): Promise<ChildProcess> =>
  new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'worker.js'));
    child.on('message', (told) => onTold(told as Told));
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) resolve(child);
      else reject(new Error(`Worker ${worker} ended with ${signal ?? `exit code ${String(code)}`}.`));
    });
    child.send({ ...options, worker });
  });

const report = async (
  { seed, complaint }: Tally['broken'][number],
  options: SimulationOptions,
): Promise<void> => {
  const mutant = options.mutant === undefined ? {} : { mutant: options.mutant };
  console.error(`\nSeed ${seed} broke a promise: ${complaint}\n`);
  console.error('The smallest plan and schedule that do:');
  const smallest = await simulate({ seed, ...mutant, shrink: true });
  console.error(
    smallest.outcome === 'broken' ? smallest.report : 'none: it held this time, which is a fault itself.',
  );
  const suffix = options.mutant === undefined ? '' : ` --mutant ${options.mutant}`;
  console.error(`\nAgain: npx --yes pnpm@10.34.9 simulate --seeds 1 --from ${seed}${suffix}`);
};

const run = async (options: SimulationOptions): Promise<boolean> => {
  const { seeds, from, workers, mutant } = options;
  const what = mutant === undefined ? '' : `, with a system that is wrong: ${mutant}`;
  console.log(`Simulating ${seeds} seeds from ${from} in ${workers} processes${what}.`);
  const startedAt = Date.now();
  const tally: Tally = { held: 0, broken: [] };
  const bar = createBar(seeds);
  const onTold = (told: Told): void => {
    bar.advance();
    if (told.outcome === 'held') tally.held += 1;
    else tally.broken.push(told);
  };
  try {
    await Promise.all(Array.from({ length: workers }, (_, worker) => start(options, worker, onTold)));
  } finally {
    bar.end();
  }
  const [first] = tally.broken.toSorted((one, other) => one.seed - other.seed);
  if (first !== undefined) await report(first, options);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.log(`\n${tally.held} of ${seeds} seeds held, ${tally.broken.length} did not, in ${seconds} s.`);
  return tally.held === seeds;
};

const main = async (): Promise<void> => {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options === 'help') console.log(help);
    else process.exitCode = (await run(options)) ? 0 : 1;
  } catch (error) {
    process.exitCode = 2;
    console.error(error instanceof OptionProblem ? `${error.message}\n\n${help}` : error);
  }
};

void main();
