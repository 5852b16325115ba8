import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for one test. */
export interface TemporaryFolder {
  readonly pathOf: (fileName: string) => string;
  /** Every file in it, byte by byte: databases, write-ahead logs, indexes of those. */
  readonly bytes: () => Promise<readonly Buffer[]>;
  readonly remove: () => Promise<void>;
}

export const createTemporaryFolder = async (): Promise<TemporaryFolder> => {
  const folder = await mkdtemp(join(tmpdir(), 'mandate-sqlite-'));
  return {
    pathOf: (fileName) => join(folder, fileName),
    bytes: async () => {
      const names = await readdir(folder);
      return Promise.all(names.map((name) => readFile(join(folder, name))));
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
