import { instantOf } from '@mandate/processor';
import { checkCertificate } from './chapters/certificate';
import { concludeAndInstruct } from './chapters/contract-and-instructions';
import { deleteData, prepareDeletion } from './chapters/deletion';
import { takeInLists } from './chapters/entrusted-lists';
import { lookForRemains } from './chapters/nothing-left';
import { decideSendsOfMarch } from './chapters/sends-of-march';
import { checksOf, holds, type Check } from './checks';
import { writeInputFiles } from './generating/input-files';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoOptions } from './options';
import { folderOf } from './platform/data-set-folder';
import { openPlatform } from './platform/platform';
import { virtualClockAt, type VirtualClock } from './platform/virtual-clock';
import { prepareFolder, takeFolder } from './prepared-folder';
import { readInput, type Input } from './reading/input';
import { rehearse } from './rehearsal';
import type { Run } from './run';
import type { RunRecord } from './run-record';
import { counted } from './showing/numbers';
import type { Screen } from './showing/screen';
import { showSummary } from './showing/summary';

const beforeEverything = instantOf(0);

/** How a run came out. */
export type DemoOutcome = 'everything-held' | 'something-did-not-hold' | 'stopped-as-asked';

/** The clock of a run that goes on stands where the last thing on record happened. */
const clockOf = ({ commands, lists }: Input, record: RunRecord): VirtualClock => {
  const happened = [...commands.slice(0, record.commands.length), ...lists.slice(0, record.lists.length)];
  const clock = virtualClockAt(beforeEverything);
  for (const { at } of happened) clock.moveTo(at);
  return clock;
};

/** The list and the log are made up at the first start, and never again once the log has been read to its end. */
const makeUpInput = async ({ folder, input, keeper, screen }: Run): Promise<void> => {
  const { log, scale } = keeper.record();
  const [list] = input.lists;
  if (log?.isComplete === true || list === undefined) return;
  const upload = folderOf({ root: folder.upload }, list);
  if (existsSync(join(upload, 'sends.jsonl'))) return;
  screen.say(
    `Made up for you: a list of ${counted(scale.recipients)} people, a log of ${counted(scale.sends)} sends.`,
  );
  await writeInputFiles(upload, scale);
};

const showChecks = (screen: Screen, checks: readonly Check[]): void => {
  const failed = checks.filter((check) => !holds(check));
  screen.say();
  if (failed.length === 0) {
    screen.good(`${counted(checks.length)} of ${counted(checks.length)} checks held.`);
    return;
  }
  screen.bad(`${counted(failed.length)} of ${counted(checks.length)} checks did not hold:`);
  screen.table(
    ['what', 'expected', 'found'],
    failed.map(({ what, expected, found }) => [what, String(expected), String(found)]),
  );
};

/** Chapters 1 to 3; what was told before is not told again. */
const tellTheYear = async (run: Run): Promise<'stopped' | 'over'> => {
  const { keeper, input, options } = run;
  if (keeper.record().lists.length < input.lists.length) {
    await concludeAndInstruct(run);
    await takeInLists(run);
  }
  if (options.stopBefore === 'sends') return 'stopped';
  if (keeper.record().log?.isComplete !== true) await decideSendsOfMarch(run);
  await prepareDeletion(run);
  return options.stopBefore === 'deletion' ? 'stopped' : 'over';
};

/** Chapters 4 to 6, and whether everything held. */
const tellTheEnd = async (run: Run): Promise<DemoOutcome> => {
  const { screen, keeper, folder } = run;
  await deleteData(run);
  const certificate = await checkCertificate(run);
  const aftermath = await lookForRemains(run);
  const checks = checksOf(keeper.record(), certificate, aftermath);
  if (certificate !== undefined) {
    showSummary(screen, keeper.record(), certificate, folder);
    // While something is outstanding the run is not over: the same command goes on with it.
    keeper.change({ state: 'finished' });
  }
  showChecks(screen, checks);
  return checks.every(holds) ? 'everything-held' : 'something-did-not-hold';
};

const tell = async (run: Run): Promise<DemoOutcome> => {
  await makeUpInput(run);
  return (await tellTheYear(run)) === 'stopped' ? 'stopped-as-asked' : tellTheEnd(run);
};

interface Surroundings {
  readonly screen: Screen;
  readonly signal: AbortSignal;
}

const tellInFolder = async (
  options: DemoOptions,
  input: Input,
  { screen, signal }: Surroundings,
): Promise<DemoOutcome> => {
  const { folder, keeper } = prepareFolder(options, input, screen);
  const clock = clockOf(input, keeper.record());
  const platform = await openPlatform(folder, clock, (store, { found, method }) =>
    screen.good(`${store}: ${counted(found)} items erased (${method}), and counted again`),
  );
  try {
    return await tell({ options, folder, input, keeper, clock, platform, screen, signal });
  } finally {
    await platform.close();
  }
};

/** Tells the whole story in a folder, from wherever it was left. Throws when an input or option cannot be used. */
export const runDemo = async (options: DemoOptions, surroundings: Surroundings): Promise<DemoOutcome> => {
  const input = await readInput(options.input);
  await rehearse(input);
  const giveFolderFree = await takeFolder(options);
  try {
    return await tellInFolder(options, input, surroundings);
  } finally {
    giveFolderFree();
  }
};
