import { accessSync, constants, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorCodeOf } from './error-code';
import { fullScale } from './generating/story';
import { OptionProblem, type DemoOptions } from './options';
import { isUnfinished, removeUnfinished } from './platform/durable-file';
import type { Input } from './reading/input';
import { changedSince, InputProblem } from './reading/input-problem';
import { runFolderAt, type RunFolder } from './run-folder';
import { isLock, lockFolder, requireUnlocked } from './run-lock';
import {
  newRecord,
  readRecord,
  recordKeeper,
  writeRecord,
  type RecordKeeper,
  type RunRecord,
} from './run-record';
import type { Screen } from './showing/screen';

/** What stays while a folder is cleared, and makes no folder foreign. */
const isOfEveryRun = (name: string): boolean =>
  name === 'progress.json' || isLock(name) || (name.startsWith('progress.json.') && isUnfinished(name));

const foundInsteadOfFolder: Readonly<Record<string, string>> = {
  EEXIST: 'a file',
  ENOTDIR: 'a path through a file',
  EACCES: 'one that must not be written',
  EPERM: 'one that must not be written',
  EROFS: 'one that must not be written',
};

const requireWritable = (root: string): void => {
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    accessSync(root, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = errorCodeOf(error) ?? 'unknown';
    throw new OptionProblem(
      `--folder ${root}: expected a folder that can be written, or a place for a new one, found ` +
        `${foundInsteadOfFolder[code] ?? `one that cannot be made (${code})`}. Choose another folder.`,
    );
  }
};

/** Only a folder that a run of this demo has made is ever cleared. */
const requireOwnOrEmpty = ({ root, record }: RunFolder): void => {
  // The names first: a run that begins at this moment writes its record before anything else.
  const isForeign = readdirSync(root).some((name) => !isOfEveryRun(name));
  if (isForeign && readRecord(record) === undefined) {
    throw new OptionProblem(
      `--folder ${root}: expected an empty folder or one of this demo, found one with other files. ` +
        'Choose another folder.',
    );
  }
};

/** Clears everything; the record goes last, so that a clearing that was broken off is taken up again. */
const clear = (folder: RunFolder, record: RunRecord): void => {
  writeRecord(folder.record, { ...record, state: 'being-cleared' });
  for (const name of readdirSync(folder.root)) {
    if (!isOfEveryRun(name)) rmSync(join(folder.root, name), { recursive: true, force: true });
  }
};

const requireSameScale = ({ scale: asked }: DemoOptions, { scale }: RunRecord): void => {
  for (const what of ['recipients', 'sends'] as const) {
    if (asked[what] === undefined || asked[what] === scale[what]) continue;
    throw new OptionProblem(
      `--${what}: expected ${scale[what]}, as the unfinished run in the folder has it, found ${asked[what]}. ` +
        'Finish that run first, or choose another folder.',
    );
  }
};

/** What has been given is not given again; with other files the rest would not fit to it. */
const requireSameInput = ({ digests }: Input, { digests: earlier }: RunRecord): void => {
  const changed = Object.entries(digests).filter(([file, digest]) => (earlier?.[file] ?? digest) !== digest);
  if (changed.length === 0) return;
  throw new InputProblem(
    changed.map(([file]) => ({ file, ...changedSince('the unfinished run in the folder began') })),
  );
};

const beginAnew = (folder: RunFolder, options: DemoOptions, { digests }: Input): RecordKeeper => {
  const keeper = recordKeeper(folder.record, newRecord({ ...fullScale, ...options.scale }, digests));
  keeper.change({});
  return keeper;
};

/**
 * Takes a folder for this run alone; it is given free by the function that is returned. Throws an `OptionProblem`,
 * and has changed nothing, when the folder cannot be used or another run is going on in it.
 */
export const takeFolder = async ({ folder: root }: DemoOptions): Promise<() => void> => {
  requireWritable(root);
  requireUnlocked(root);
  requireOwnOrEmpty(runFolderAt(root));
  return lockFolder(root);
};

/**
 * A taken folder and how far its run has come: a new one, an unfinished one, or a finished one cleared. Throws when
 * an unfinished one was begun with another input or at another scale.
 */
export const prepareFolder = (
  options: DemoOptions,
  input: Input,
  screen: Screen,
): { readonly folder: RunFolder; readonly keeper: RecordKeeper } => {
  const folder = runFolderAt(options.folder);
  removeUnfinished(folder.root);
  removeUnfinished(folder.erasures);
  const record = readRecord(folder.record);
  if (record === undefined) return { folder, keeper: beginAnew(folder, options, input) };
  if (record.state === 'under-way') {
    requireSameScale(options, record);
    requireSameInput(input, record);
    screen.say('An unfinished run is in the folder: it goes on where it stopped.');
    return { folder, keeper: recordKeeper(folder.record, record) };
  }
  screen.say('A finished run is in the folder: it is cleared, and the story begins afresh.');
  clear(folder, record);
  return { folder, keeper: beginAnew(folder, options, input) };
};
