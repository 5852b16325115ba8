import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Timer } from './comparing/timer';
import { WorkNotDone, type Progress, type Work } from './comparing/work';
import { longLogsIn } from './long-logs';
import { measureWork } from './measure-work';
import { helpOn, OptionProblem, optionsFrom, type BenchOptions } from './options';
import { ratioTable, type ShownResult } from './showing/ratio-table';

export interface BenchSetup {
  readonly works: readonly Work[];
  readonly timer: Timer;
  readonly progress: (what: string, total: number) => Progress;
  /** Where the numbers of every round are kept. */
  readonly outFolder: string;
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
}

const keep = async (outFolder: string, name: string, results: readonly ShownResult[]): Promise<void> => {
  await mkdir(outFolder, { recursive: true });
  const list = results.map(({ result }) => result);
  await writeFile(join(outFolder, `${name}.json`), `${JSON.stringify(list, undefined, 2)}\n`);
};

const run = async (
  { names, events, rounds, folder: parent = tmpdir() }: BenchOptions,
  { works, timer, progress, outFolder, say }: BenchSetup,
): Promise<void> => {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'mandate-bench-'));
  const workbench = { folder, events, effort: 1, timer, progress, logOf: longLogsIn(folder, progress) };
  const all: ShownResult[] = [];
  try {
    for (const work of works.filter(({ name }) => names.includes(name))) {
      const results = await measureWork(work, workbench, rounds);
      await keep(outFolder, work.name, results);
      all.push(...results);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  say(ratioTable(all));
};

/** Measures what the arguments ask for, and answers with the exit code. */
export const bench = async (args: readonly string[], setup: BenchSetup): Promise<number> => {
  const { works, say, complain } = setup;
  try {
    const options = optionsFrom(
      args,
      works.map(({ name }) => name),
    );
    if (options === 'help') say(helpOn(works.map(({ name, about }) => [name, about])));
    else await run(options, setup);
    return 0;
  } catch (error) {
    if (error instanceof OptionProblem) {
      complain(error.message);
      return 2;
    }
    complain(
      error instanceof WorkNotDone ? error.message : String(error instanceof Error ? error.stack : error),
    );
    return 1;
  }
};
