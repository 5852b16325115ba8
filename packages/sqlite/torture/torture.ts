import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import { inspect, type Findings } from './inspection';
import { journalAt, type Journal, type JournalEntry } from './journal';
import { writerOf, type Writer } from './lives';
import { randomOf, type Random } from './random';

// Writing processes are killed at random moments and started again, on one file. After every round everything that
// was acknowledged must be there, once. The seed fixes the plan; when exactly a process is hit, the machine decides.

const usage = 'Usage: torture [--rounds <number>] [--seed <number>] [--lie]';

const writerCount = 4;
/** A new file after so many rounds, so that looking through it does not take longer and longer. */
const roundsPerFile = 20;

interface Options {
  readonly rounds: number;
  readonly seed: number;
  readonly isLying: boolean;
}

const wholeNumberOf = (text: string): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new RangeError('Expected a whole number of 0 or more.');
};

const readOptions = (): Options => {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '20' },
      seed: { type: 'string', default: String(randomInt(2 ** 31)) },
      lie: { type: 'boolean', default: false },
    },
  });
  return { rounds: wholeNumberOf(values.rounds), seed: wholeNumberOf(values.seed), isLying: values.lie };
};

/** One file, its writers, and what they wrote down. */
interface Scene {
  readonly file: string;
  readonly writers: readonly Writer[];
  readonly journals: readonly Journal[];
  readonly entries: JournalEntry[];
}

const sceneIn = (folder: string, number: number, isLying: boolean): Scene => {
  const file = join(folder, `events-${number}.db`);
  const journals = Array.from({ length: writerCount }, (_, index) =>
    journalAt(join(folder, `journal-${number}-${index}.jsonl`)),
  );
  const writers = journals.map((journal, index) =>
    writerOf({
      ...{ file, journalFile: journal.file, name: `writer-${index}`, isLying },
      ...{ callers: 5, sharedStreams: 3 },
    }),
  );
  return { file, writers, journals, entries: [] };
};

/** Every writer lives once or twice; who is killed early comes back while the others go on. */
const liveAndDie = async (writer: Writer, random: Random): Promise<void> => {
  await writer.live(random);
  if (random.isOneIn(3)) await writer.live(random);
};

const runRound = async ({ file, writers, journals, entries }: Scene, random: Random): Promise<Findings> => {
  const seeds = writers.map(() => random.below(2 ** 31));
  const lives = writers.map((writer, index) => liveAndDie(writer, randomOf(seeds[index] ?? 0)));
  const ended = await Promise.allSettled(lives);
  entries.push(...journals.flatMap((journal) => journal.readOn()));
  const deaths = ended.flatMap((life) => (life.status === 'rejected' ? [String(life.reason)] : []));
  return [...deaths, ...(await inspect(file, entries))];
};

const countsOf = (
  entries: readonly JournalEntry[],
): { readonly appends: number; readonly events: number } => {
  const acknowledged = entries.filter(({ kind }) => kind === 'acknowledged');
  return {
    appends: acknowledged.length,
    events: acknowledged.reduce((sum, { eventIds }) => sum + eventIds.length, 0),
  };
};

interface Outcome {
  readonly findings: Findings;
  readonly round: number;
  readonly appends: number;
  readonly events: number;
}

const runRounds = async (
  options: Options,
  folder: string,
  onRound: (appends: number) => void,
): Promise<Outcome> => {
  const { rounds, seed, isLying } = options;
  const random = randomOf(seed);
  let [appends, events] = [0, 0];
  let scene = sceneIn(folder, 0, isLying);
  for (let round = 1; round <= rounds; round += 1) {
    const findings = await runRound(scene, random);
    const counts = countsOf(scene.entries);
    onRound(appends + counts.appends);
    const isOver = findings.length > 0 || round === rounds;
    if (isOver) return { findings, round, appends: appends + counts.appends, events: events + counts.events };
    if (round % roundsPerFile !== 0) continue;
    [appends, events] = [appends + counts.appends, events + counts.events];
    rmSync(scene.file);
    scene = sceneIn(folder, round / roundsPerFile, isLying);
  }
  return { findings: [], round: 0, appends, events };
};

const main = async (): Promise<number> => {
  const options = readOptions();
  const folder = mkdtempSync(join(tmpdir(), 'mandate-torture-'));
  console.log(`${options.rounds} rounds with ${writerCount} writing processes, seed ${options.seed}`);
  const bar = new SingleBar(
    {
      format: '  {bar} {value} of {total} rounds, {appends} acknowledged appends, {duration_formatted}',
      noTTYOutput: true,
      notTTYSchedule: 15_000,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(options.rounds, 0, { appends: 0 });
  const outcome = await runRounds(options, folder, (appends) => bar.increment(1, { appends })).finally(() =>
    bar.stop(),
  );
  const { findings, round, appends, events } = outcome;
  console.log(`${appends} appends with ${events} events were acknowledged.`);
  if (findings.length === 0) {
    rmSync(folder, { recursive: true, force: true });
    console.log('All of them are there, once.');
    return 0;
  }
  for (const finding of findings.slice(0, 20)) console.error(`  ${finding}`);
  if (findings.length > 20) console.error(`  … and ${findings.length - 20} more`);
  console.error(`Broken in round ${round}, with seed ${options.seed}. The files are in ${folder}.`);
  return 1;
};

main().then(
  (exitCode) => (process.exitCode = exitCode),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.error(usage);
    process.exitCode = 2;
  },
);
