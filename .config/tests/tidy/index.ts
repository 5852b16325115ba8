import { everyTestRuns, filesAreShort, noTraceOfOneMachine, remindersNameAnIssue } from './content';
import {
  conceptsAreAlike,
  noDrawers,
  packagesIntroduceThemselves,
  toolsKnowEveryPackage,
  toolsKnowEverySubPath,
  topLevelIsForReaders,
} from './layout';
import type { TidyCheck } from './tree';

export { readTree } from './tree';

/** Every check of the layout, each under the sentence that it keeps true. */
export const tidyChecks = {
  'the top level holds only what a reader looks for': topLevelIsForReaders,
  'no file or folder is a drawer for leftovers': noDrawers,
  'the concepts of the domain have the same files': conceptsAreAlike,
  'every package has a README, a manifest with the licence, and an index': packagesIntroduceThemselves,
  'the build and the import rules know every package': toolsKnowEveryPackage,
  'the tools know every published sub-path': toolsKnowEverySubPath,
  'no source file has more than 200 lines of code': filesAreShort,
  'no file names a path of a machine or a registry': noTraceOfOneMachine,
  'what is left for later names an issue': remindersNameAnIssue,
  'no test is passed over': everyTestRuns,
} as const satisfies Record<string, TidyCheck>;
