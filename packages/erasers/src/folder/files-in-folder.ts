import type { Stats } from 'node:fs';
import { isAbsolute, join, sep } from 'node:path';
import { isFileError, type Files } from '../durable-file';
import { Refusal } from './refusal';

/** What was found of a data set: its files, and the folders that are its own, each after the one it is in. */
export interface FoundFiles {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

const stagingPrefix = '.mandate-erasing-';

/** Where the files of an order wait until they are counted, on the same disk as they were. */
export const stagingFolder = (root: string, idempotencyKey: string): string =>
  join(root, `${stagingPrefix}${idempotencyKey}`);

const isStep = (step: string): boolean =>
  step !== '' && step !== '.' && step !== '..' && !step.includes('\0');

/** The steps from the folder to a file. Refuses a path that leads elsewhere. */
const stepsOf = (path: string): readonly string[] => {
  const steps = sep === '\\' ? path.split(/[/\\]/) : path.split('/');
  // A colon names a drive, or a stream of a file, where separators are backslashes.
  const isElsewhere = isAbsolute(path) || !steps.every(isStep) || (sep === '\\' && path.includes(':'));
  if (isElsewhere) throw new Refusal('path-leaves-folder');
  return steps;
};

const look = async (on: Files, path: string): Promise<Stats | undefined> => {
  try {
    return await on.lstat(path);
  } catch (error) {
    if (isFileError(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
};

const checkFile = (stats: Stats): void => {
  if (stats.isSymbolicLink()) throw new Refusal('symbolic-link-found');
  if (!stats.isFile()) throw new Refusal('not-a-file');
  if (stats.nlink > 1) throw new Refusal('file-has-other-names');
};

/** Follows the steps to where they end, past no symbolic link. `undefined`: nothing is there. */
const follow = async (
  on: Files,
  root: string,
  steps: readonly string[],
): Promise<{ readonly path: string; readonly stats: Stats } | undefined> => {
  let path = root;
  let stats: Stats | undefined;
  for (const step of steps) {
    path = join(path, step);
    stats = await look(on, path);
    if (stats === undefined) return undefined;
    if (stats.isSymbolicLink()) throw new Refusal('symbolic-link-found');
  }
  return stats === undefined ? undefined : { path, stats };
};

/** Those of the named files that are there. */
export const namedFiles = async (on: Files, root: string, paths: readonly string[]): Promise<FoundFiles> => {
  const files = new Set<string>();
  for (const steps of paths.map(stepsOf)) {
    // They wait for their own order already.
    if (steps[0]?.startsWith(stagingPrefix) === true) continue;
    const found = await follow(on, root, steps);
    if (found === undefined) continue;
    checkFile(found.stats);
    files.add(found.path);
  }
  return { files: [...files], folders: [] };
};

const filesBeneath = async (on: Files, folder: string): Promise<FoundFiles> => {
  const files: string[] = [];
  const folders = [folder];
  for (const name of await on.readdir(folder)) {
    const path = join(folder, name);
    const stats = await look(on, path);
    if (stats === undefined) continue;
    if (!stats.isDirectory()) {
      checkFile(stats);
      files.push(path);
      continue;
    }
    const beneath = await filesBeneath(on, path);
    files.push(...beneath.files);
    folders.push(...beneath.folders);
  }
  return { files, folders };
};

/** Every file beneath a folder within the root, at any depth. */
export const filesAt = async (on: Files, root: string, steps: readonly string[]): Promise<FoundFiles> => {
  const found = await follow(on, root, steps);
  if (found === undefined) return { files: [], folders: [] };
  if (!found.stats.isDirectory()) throw new Refusal('not-a-file');
  return filesBeneath(on, found.path);
};
