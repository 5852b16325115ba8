import { access, link, open, rename, unlink, type FileHandle } from 'node:fs/promises';
import type { SendLogFinding } from '@mandate/audit';
import { InputError } from '../input-error';

/** What findings are called until the check has come to its end. */
const unfinished = '.part';

export interface FindingsFile {
  /** Adds whole lines, or none. */
  readonly add: (findings: readonly SendLogFinding[]) => Promise<void>;
  /** The check came to its end: the file gets its name. */
  readonly finish: () => Promise<void>;
  /** The check did not: what is left keeps the name of something unfinished, unless it is empty. */
  readonly leave: () => Promise<void>;
  readonly count: () => number;
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown';

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

const taken = (name: string): InputError =>
  new InputError(
    `--findings: expected a name that is free, found a file ${name}. Evidence is not overwritten: ` +
      'choose another name, or move that file away.',
  );

const openNew = async (file: string): Promise<FileHandle> => {
  try {
    return await open(file, 'wx', 0o600);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw taken(`of a check that did not end (${unfinished})`);
    throw new InputError(
      `--findings: expected a file that can be written, found that it cannot (${codeOf(error)}). ` +
        'Does its folder exist, and may you write there?',
    );
  }
};

/** Gives a file its name without taking the place of another, where the disk can do that. */
const named = async (from: string, to: string): Promise<void> => {
  try {
    await link(from, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw taken('with it');
    await rename(from, to);
    return;
  }
  await unlink(from);
};

/** Writes whole lines to a file; what a failure has left of half a line is cut off again. */
const wholeLines = (
  handle: Pick<FileHandle, 'writeFile' | 'truncate'>,
): ((lines: readonly string[]) => Promise<void>) => {
  let bytes = 0;
  return async (lines) => {
    const text = lines.map((line) => `${line}\n`).join('');
    try {
      await handle.writeFile(text);
    } catch (error) {
      await handle.truncate(bytes).catch(() => undefined);
      throw new InputError(
        `--findings: expected to write on, found that it fails (${codeOf(error)}). Is the disk full? ` +
          (bytes === 0
            ? 'No finding is kept.'
            : `The whole findings so far stand in the file with ${unfinished} behind its name.`),
      );
    }
    bytes += Buffer.byteLength(text);
  };
};

/**
 * A new file for findings, one JSON object on each line. Under its own name there is only ever a file of a check that came
 * to its end; before, `.part` stands behind the name. Throws an `InputError` when a name is taken or nothing can be written.
 */
export const createFindingsFile = async (file: string): Promise<FindingsFile> => {
  if (await exists(file)) throw taken('with it');
  const handle = await openNew(`${file}${unfinished}`);
  const addLines = wholeLines(handle);
  let count = 0;
  return {
    add: async (findings) => {
      await addLines(findings.map((finding) => JSON.stringify(finding)));
      count += findings.length;
    },
    finish: async () => {
      await handle.sync();
      await handle.close();
      await named(`${file}${unfinished}`, file);
    },
    leave: async () => {
      await handle.close();
      if (count === 0) await unlink(`${file}${unfinished}`);
    },
    count: () => count,
  };
};
