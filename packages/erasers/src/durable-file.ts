import { randomUUID } from 'node:crypto';
import * as nodeFiles from 'node:fs/promises';
import { dirname } from 'node:path';

/** The operations on files that the erasers use: those of `node:fs/promises`. */
export type Files = Pick<
  typeof nodeFiles,
  'link' | 'lstat' | 'mkdir' | 'open' | 'readFile' | 'readdir' | 'realpath' | 'rename' | 'rmdir' | 'unlink'
>;

export const files: Files = nodeFiles;

/** Whether a file operation failed with one of these codes of the operating system, such as `ENOENT`. */
export const isFileError = (error: unknown, ...codes: readonly string[]): boolean =>
  // By code alone: under jest, errors of Node are not instances of the `Error` that is visible here.
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  typeof error.code === 'string' &&
  codes.includes(error.code);

/** Makes sure that what was renamed or removed in a folder is so after a power cut, too. */
export const syncFolder = async ({ open }: Files, folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const writeBeside = async ({ open }: Files, file: string, text: string): Promise<string> => {
  const part = `${file}.${randomUUID()}.part`;
  const handle = await open(part, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return part;
};

/** Puts a text in the place of a file: a reader finds the old one or the new one, whole, also after a power cut. */
export const replaceFile = async (on: Files, file: string, text: string): Promise<void> => {
  await on.rename(await writeBeside(on, file, text), file);
  await syncFolder(on, dirname(file));
};

/** Creates a file with a text, whole and durably. `false`: there is one of that name, and it stays as it is. */
export const createFile = async (on: Files, file: string, text: string): Promise<boolean> => {
  const part = await writeBeside(on, file, text);
  try {
    await on.link(part, file);
  } catch (error) {
    if (isFileError(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await on.unlink(part);
  }
  await syncFolder(on, dirname(file));
  return true;
};

/** The text of a file; `undefined` when there is none. */
export const readIfThere = async ({ readFile }: Files, file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return undefined;
    throw error;
  }
};
