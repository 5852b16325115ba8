import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fullScale } from './generating/story';
import { OptionProblem, type DemoOptions } from './options';
import { runFolderAt, type RunFolder } from './run-folder';
import {
  newRecord,
  readRecord,
  recordKeeper,
  writeRecord,
  type RecordKeeper,
  type RunRecord,
} from './run-record';
import type { Screen } from './showing/screen';

const recordNames = ['progress.json', 'progress.json.new'];

/** Only a folder that a run of this demo has made is ever cleared. */
const requireOwnOrEmpty = (root: string): void => {
  const foreign = existsSync(root) && readdirSync(root).some((name) => !recordNames.includes(name));
  if (foreign) {
    throw new OptionProblem(
      `--folder ${root}: expected an empty folder or one of this demo, found one with other files.`,
    );
  }
};

/** Clears everything; the record goes last, so that a clearing that was broken off is taken up again. */
const clear = (folder: RunFolder, record: RunRecord): void => {
  writeRecord(folder.record, { ...record, state: 'being-cleared' });
  for (const name of readdirSync(folder.root)) {
    if (!recordNames.includes(name)) rmSync(join(folder.root, name), { recursive: true, force: true });
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

const beginAnew = (folder: RunFolder, options: DemoOptions): RecordKeeper => {
  mkdirSync(folder.root, { recursive: true, mode: 0o700 });
  const keeper = recordKeeper(folder.record, newRecord({ ...fullScale, ...options.scale }));
  keeper.change({});
  return keeper;
};

/** The folder of the run and how far it has come: a new one, an unfinished one, or a finished one cleared. */
export const prepareFolder = (
  options: DemoOptions,
  screen: Screen,
): { readonly folder: RunFolder; readonly keeper: RecordKeeper } => {
  const folder = runFolderAt(options.folder);
  const record = readRecord(folder.record);
  if (record === undefined) {
    requireOwnOrEmpty(folder.root);
    return { folder, keeper: beginAnew(folder, options) };
  }
  if (record.state === 'under-way') {
    requireSameScale(options, record);
    screen.say('An unfinished run is in the folder: it goes on where it stopped.');
    return { folder, keeper: recordKeeper(folder.record, record) };
  }
  screen.say('A finished run is in the folder: it is cleared, and the story begins afresh.');
  clear(folder, record);
  return { folder, keeper: beginAnew(folder, options) };
};
