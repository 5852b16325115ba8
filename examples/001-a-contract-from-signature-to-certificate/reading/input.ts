import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as story from '../generating/story';
import { entrustedListsIn, type EntrustedList } from './data-sets-file';
import { datedCommandsIn, type DatedCommand } from './dated-commands';
import { InputProblem, type InputFinding } from './input-problem';
import { findingsAt, readJsonFile } from './json-file';
import { requireRecipients } from './recipients-file';

/** What people wrote down, as files. */
export interface Input {
  /** In the order of their times. */
  readonly commands: readonly DatedCommand[];
  readonly lists: readonly EntrustedList[];
  /** SHA-256 of each file that was read as a whole, by its name. The lists are not among them: they hold people. */
  readonly digests: Readonly<Record<string, string>>;
  readonly pathOf: (file: string) => string;
}

/** The list that the demo makes up itself. */
export const madeUpList = 'recipients.csv';

type PathOf = Input['pathOf'];

const findingsOfList =
  (pathOf: PathOf) =>
  (list: EntrustedList, index: number): readonly InputFinding[] => {
    const { recipients: file, place } = list;
    if (file !== madeUpList) {
      const expected = 'a list that data-sets.json entrusts, in the input folder';
      return existsSync(pathOf(file)) ? [] : [{ file, expected, found: 'no file of this name' }];
    }
    const expected = `the name of a list in the input folder (${madeUpList} is made up, for the first data set only)`;
    return index === 0 ? [] : findingsAt(place, [{ path: 'recipients', expected, found: 'the made-up one' }]);
  };

/** The made-up log of sends is about one data set; whatever comes first must be that one. */
const findingsOfFirst = ([list]: readonly EntrustedList[]): readonly InputFinding[] => {
  if (list === undefined) return [];
  const ids = [
    ['data.contractId', list.contractId, story.contractId],
    ['data.dataSetId', list.dataSetId, story.dataSetId],
  ] as const;
  const issues = ids
    .filter(([, found, expected]) => found !== expected)
    .map(([path, , id]) => ({
      path,
      expected: `${id}, which the made-up log of sends is about`,
      found: 'another id',
    }));
  return findingsAt(list.place, issues);
};

/** The lists that are not made by the demo must be there, and be lists, before anything begins. */
const requireLists = async (lists: readonly EntrustedList[], pathOf: PathOf): Promise<void> => {
  const findings = [...findingsOfFirst(lists), ...lists.flatMap(findingsOfList(pathOf))];
  if (findings.length > 0) throw new InputProblem(findings);
  for (const { recipients } of lists) {
    if (recipients !== madeUpList) await requireRecipients(pathOf(recipients), recipients);
  }
};

/** Reads everything in a folder of input. Throws an `InputProblem` when any of it cannot be used. */
export const readInput = async (folder: string): Promise<Input> => {
  const pathOf = (file: string): string => join(folder, file);
  const read = (file: string): ReturnType<typeof readJsonFile> => readJsonFile(pathOf(file), file);
  const ofCommands = ['contract.json', 'instructions.json'].map(read);
  const commands = datedCommandsIn(ofCommands);
  const ofLists = read('data-sets.json');
  const lists = entrustedListsIn(ofLists);
  await requireLists(lists, pathOf);
  const digests = Object.fromEntries([...ofCommands, ofLists].map(({ file, digest }) => [file, digest]));
  return { commands, lists, digests, pathOf };
};
