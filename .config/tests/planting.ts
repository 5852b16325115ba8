import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const root = join(__dirname, '../..');

const leftOut = new Set(['.git', 'coverage', 'dist', 'node_modules']);

/** A copy of the repository in which anything may be broken; it borrows the installed dependencies. */
export interface Copy {
  readonly root: string;
  readonly plant: (file: string, text: string) => void;
  readonly edit: (file: string, change: (text: string) => string) => void;
  readonly uproot: (file: string) => void;
  /** Runs the script of an installed tool with Node, in the root of the copy. */
  readonly runTool: (
    script: string,
    args: ReadonlyArray<string>,
  ) => { readonly output: string; readonly status: number | null };
  readonly discard: () => void;
}

const linkDependencies = (copy: string, folder: string): void => {
  const installed = join(root, folder, 'node_modules');
  if (existsSync(installed)) symlinkSync(installed, join(copy, folder, 'node_modules'), 'dir');
};

export const copyOfTheRepository = (): Copy => {
  const copy = mkdtempSync(join(tmpdir(), 'mandate-planted-'));
  cpSync(root, copy, { recursive: true, filter: (source) => !leftOut.has(basename(source)) });
  linkDependencies(copy, '.');
  for (const parent of ['packages', 'examples']) {
    for (const name of readdirSync(join(copy, parent))) linkDependencies(copy, join(parent, name));
  }

  const plant: Copy['plant'] = (file, text) => {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), text);
  };

  return {
    root: copy,
    plant,
    edit: (file, change) => plant(file, change(readFileSync(join(copy, file), 'utf8'))),
    uproot: (file) => rmSync(join(copy, file), { recursive: true }),
    runTool: (script, args) => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(root, 'node_modules', script), ...args],
        {
          cwd: copy,
          encoding: 'utf8',
          maxBuffer: 64 * 1024 * 1024,
        },
      );
      return { status, output: stdout === '' ? stderr : stdout };
    },
    discard: () => rmSync(copy, { recursive: true, force: true }),
  };
};
