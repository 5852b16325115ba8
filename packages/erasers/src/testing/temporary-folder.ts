import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for one test. */
export interface TemporaryFolder {
  readonly path: string;
  readonly pathOf: (name: string) => string;
  /** Every file in it, also in folders within, byte by byte. */
  readonly bytes: () => Promise<readonly Buffer[]>;
  readonly remove: () => Promise<void>;
}

export const createTemporaryFolder = async (): Promise<TemporaryFolder> => {
  const path = await mkdtemp(join(tmpdir(), 'mandate-erasers-'));
  return {
    path,
    pathOf: (name) => join(path, name),
    bytes: async () => {
      const entries = await readdir(path, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile());
      return Promise.all(files.map((file) => readFile(join(file.parentPath, file.name))));
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
};

/** Runs a test in a folder of its own. */
export const inTemporaryFolder = async (test: (folder: TemporaryFolder) => Promise<void>): Promise<void> => {
  const folder = await createTemporaryFolder();
  try {
    await test(folder);
  } finally {
    await folder.remove();
  }
};
