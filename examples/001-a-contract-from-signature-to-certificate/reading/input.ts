import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EntrustedList } from './data-sets-file';
import { readEntrustedLists } from './data-sets-file';
import { readDatedCommands, type DatedCommand } from './dated-commands';
import { InputProblem } from './input-problem';

/** What people wrote down, as files. */
export interface Input {
  /** In the order of their times. */
  readonly commands: readonly DatedCommand[];
  readonly lists: readonly EntrustedList[];
  readonly pathOf: (file: string) => string;
}

const entrustedBy = (file: string): string => `a list that data-sets.json entrusts, in ${file}`;

/** The lists that are not made by the demo must be there before anything begins. */
const requireLists = (
  lists: readonly EntrustedList[],
  pathOf: (file: string) => string,
  made: string,
): void => {
  const missing = lists.filter(({ recipients }) => recipients !== made && !existsSync(pathOf(recipients)));
  if (missing.length === 0) return;
  throw new InputProblem(
    missing.map(({ recipients }) => ({
      file: recipients,
      expected: entrustedBy('the input folder'),
      found: 'no file of this name',
    })),
  );
};

/** The list that the demo makes up itself. */
export const madeUpList = 'recipients.csv';

/** Reads everything in a folder of input. Throws an `InputProblem` when any of it cannot be used. */
export const readInput = (folder: string): Input => {
  const pathOf = (file: string): string => join(folder, file);
  const commands = readDatedCommands(
    ['contract.json', 'instructions.json'].map((file) => ({ path: pathOf(file), file })),
  );
  const lists = readEntrustedLists(pathOf('data-sets.json'), 'data-sets.json');
  requireLists(lists, pathOf, madeUpList);
  return { commands, lists, pathOf };
};
