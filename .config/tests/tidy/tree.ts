import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A folder to be judged: its files as sorted relative paths, with forward slashes. */
export interface Tree {
  readonly root: string;
  readonly files: ReadonlyArray<string>;
}

/** One check: what is wrong with the tree, one sentence each; nothing wrong is an empty list. */
export type TidyCheck = (tree: Tree) => ReadonlyArray<string>;

// What .gitignore names, and git itself. The checks also run on copies that are no repository.
const notKept = new Set(['.git', '.DS_Store', '.idea', '.vscode', 'coverage', 'dist', 'node_modules', 'run']);

const filesBelow = (root: string, folder: string): ReadonlyArray<string> =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !notKept.has(entry.name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (path === 'docs/api') return [];
      return entry.isDirectory() ? filesBelow(root, path) : [path];
    });

export const readTree = (root: string): Tree => ({ root, files: [...filesBelow(root, '')].sort() });

export const read = (tree: Tree, file: string): string => readFileSync(join(tree.root, file), 'utf8');

/** The folders that lie directly in `parent`. */
export const foldersIn = (tree: Tree, parent: string): ReadonlyArray<string> => [
  ...new Set(
    tree.files
      .filter((file) => file.startsWith(`${parent}/`))
      .map((file) => file.slice(parent.length + 1).split('/'))
      .filter((segments) => segments.length > 1)
      .map((segments) => String(segments[0])),
  ),
];

export const isSource = (file: string): boolean => /\.[cm]?[jt]s$/.test(file);
