// `pnpm simulate` and `pnpm simulate:deletions`: see `--help`.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import { helpOf, OptionProblem, readOptions, type SimulationOptions } from './options';
import type { Simulation } from './simulation';
import { isSimulationName, simulations, type SimulationName } from './simulations';
import type { Share, Told } from './worker';

type Broken = Extract<Told, { outcome: 'broken' }>;

interface Tally {
  held: number;
  readonly broken: Broken[];
}

/** Of more than that only the number is told. */
const linesMax = 20;

const isTerminal = process.stdout.isTTY;

const createBar = (
  total: number,
  runs: string,
): { readonly advance: () => void; readonly end: () => void } => {
  if (!isTerminal) return { advance: () => undefined, end: () => undefined };
  const bar = new SingleBar(
    { format: `  {bar} {value} of {total} ${runs}, {eta_formatted} left` },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { advance: () => bar.increment(), end: () => bar.stop() };
};

const start = (share: Share, onTold: (told: Told) => void, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'worker.js'));
    const stop = (): void => {
      child.kill();
    };
    signal.addEventListener('abort', stop);
    child.on('message', (told) => onTold(told as Told));
    child.on('error', reject);
    child.on('exit', (code, killedBy) => {
      if (code === 0 || signal.aborted) resolve();
      else reject(new Error(`Worker ${share.worker} ended with ${killedBy ?? `exit code ${String(code)}`}.`));
    });
    child.send(share);
  });

const again = ({ command, runs }: Simulation, seed: number, mutant: string | undefined): string => {
  const suffix = mutant === undefined ? '' : ` --mutant ${mutant}`;
  return `npx --yes pnpm@10.34.9 ${command} --${runs} 1 --from ${seed}${suffix}`;
};

/** One line for each seed that broke a promise, and of the first one the smallest plan that does. */
const report = async (broken: readonly Broken[], simulation: Simulation, mutant?: string): Promise<void> => {
  const [first, ...others] = broken.toSorted((one, other) => one.seed - other.seed);
  if (first === undefined) return;
  console.error('');
  for (const { seed, complaint } of [first, ...others].slice(0, linesMax))
    console.error(`Seed ${seed} broke a promise: ${complaint} (again: ${again(simulation, seed, mutant)})`);
  if (others.length >= linesMax) console.error(`... and ${others.length + 1 - linesMax} more.`);
  console.error(`\nThe smallest plan that breaks one, from seed ${first.seed}:`);
  const request = { seed: first.seed, ...(mutant === undefined ? {} : { mutant }), shrink: true };
  const smallest = await simulation.simulate(request);
  console.error(
    smallest.outcome === 'broken' ? smallest.report : 'none: it held this time, which is a fault itself.',
  );
};

const runAll = async (
  options: SimulationOptions,
  name: SimulationName,
  signal: AbortSignal,
): Promise<Tally> => {
  const tally: Tally = { held: 0, broken: [] };
  const bar = createBar(options.seeds, simulations[name].runs);
  const onTold = (told: Told): void => {
    bar.advance();
    if (told.outcome === 'held') tally.held += 1;
    else tally.broken.push(told);
  };
  try {
    const workers = Array.from({ length: options.workers }, (_, worker) => worker);
    await Promise.all(
      workers.map((worker) => start({ ...options, simulation: name, worker }, onTold, signal)),
    );
  } finally {
    bar.end();
  }
  return tally;
};

/** Runs what was asked for; gives the exit code. */
const run = async (options: SimulationOptions, name: SimulationName): Promise<number> => {
  const { seeds, from, workers, mutant } = options;
  const simulation: Simulation = simulations[name];
  const { runs, subject } = simulation;
  const what = mutant === undefined ? '' : `, with a system that is wrong: ${mutant}`;
  console.log(`Simulating ${subject}: ${seeds} ${runs} from ${from} in ${workers} processes${what}.`);
  const startedAt = Date.now();
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  const tally = await runAll(options, name, interruption.signal);
  const isInterrupted = interruption.signal.aborted;
  const took = ((Date.now() - startedAt) / 1000).toFixed(1);
  if (!isInterrupted) await report(tally.broken, simulation, mutant);
  const until = isInterrupted ? `Interrupted: ${tally.held + tally.broken.length} of them were run. ` : '';
  console.log(
    `\n${until}${tally.held} of ${seeds} ${runs} held, ${tally.broken.length} did not, in ${took} s.`,
  );
  if (isInterrupted) return 130;
  return tally.held === seeds ? 0 : 1;
};

const main = async ([name, ...args]: readonly string[]): Promise<void> => {
  if (!isSimulationName(name)) throw new Error(`Expected one of ${Object.keys(simulations).join(', ')}.`);
  const simulation: Simulation = simulations[name];
  try {
    const options = readOptions(args, simulation);
    if (options === 'help') console.log(helpOf(simulation));
    else process.exitCode = await run(options, name);
  } catch (error) {
    process.exitCode = 2;
    console.error(error instanceof OptionProblem ? `${error.message}\n\n${helpOf(simulation)}` : error);
  }
};

void main(process.argv.slice(2));
