import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const temporaryName = /\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.new$/;

/** Whether a file is one that `writeDurably` had not finished. */
export const isUnfinished = (name: string): boolean => temporaryName.test(name);

/** Removes from a folder what writes left there that were broken off. Nobody may be writing in it. */
export const removeUnfinished = (folder: string): void => {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (isUnfinished(name)) rmSync(join(folder, name));
};

const syncFolder = (folder: string): void => {
  // Windows has no such thing as syncing a folder.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
};

/** Writes a file so that, whenever the machine stops, either the old or the new one is there, as a whole. */
export const writeDurably = (path: string, text: string, mode = 0o644): void => {
  const temporary = `${path}.${randomUUID()}.new`;
  const descriptor = openSync(temporary, 'wx', mode);
  writeSync(descriptor, text);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(temporary, path);
  syncFolder(dirname(path));
};
