import { isSource, read, type TidyCheck, type Tree } from './tree';

const codeLinesMax = 200;

/** Lines that hold code: neither blank nor comment. ESLint counts precisely; this counts what it does not see. */
const codeLines = (source: string): number =>
  source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//')).length;

export const filesAreShort: TidyCheck = (tree) =>
  tree.files
    .filter(isSource)
    .map((file) => ({ file, lines: codeLines(read(tree, file)) }))
    .filter(({ lines }) => lines > codeLinesMax)
    .map(({ file, lines }) => `${file} has ${lines} lines of code, more than ${codeLinesMax}`);

interface Finding {
  readonly file: string;
  readonly line: number;
}

const linesMatching = (tree: Tree, files: ReadonlyArray<string>, pattern: RegExp): ReadonlyArray<Finding> =>
  files.flatMap((file) =>
    read(tree, file)
      .split('\n')
      .flatMap((text, index) => (pattern.test(text) ? [{ file, line: index + 1 }] : [])),
  );

const isText = (file: string): boolean =>
  !/\.(?:png|jpe?g|gif|ico|woff2?|pdf|gz|tgz|zip|db|sqlite)$/.test(file);

// Written so that this file does not match itself.
const machinePath = new RegExp('(?<![\\w.:/-])/(?:work|farm|home|root|Users)/[\\w.-]');
const registryHost = new RegExp('\\b(?:regis' + 'try\\.[\\w-]+\\.\\w|npm\\.pkg\\.github\\.)');

/** Nothing that was true on one machine only. */
export const noTraceOfOneMachine: TidyCheck = (tree) => {
  const texts = tree.files.filter(isText);
  return [
    ...linesMatching(tree, texts, machinePath).map(
      ({ file, line }) => `${file}:${line} names a machine's path`,
    ),
    ...linesMatching(tree, texts, registryHost).map(({ file, line }) => `${file}:${line} names a registry`),
    ...linesMatching(
      tree,
      texts.filter((file) => file === 'pnpm-lock.yaml'),
      /:\/\//,
    ).map(({ file, line }) => `${file}:${line} names a host`),
  ];
};

const reminder = new RegExp('\\b(?:TO' + 'DO(?!\\s*\\(?#\\d+)|FIX' + 'ME|XX' + 'X)\\b');

/** What is left for later is an issue; a comment may point at it. */
export const remindersNameAnIssue: TidyCheck = (tree) =>
  linesMatching(tree, tree.files.filter(isSource), reminder).map(
    ({ file, line }) => `${file}:${line} leaves something for later without naming an issue (#123)`,
  );

const passedOver = /\b(?:it|test|describe)\.(?:only|skip|todo)\b|\bx(?:it|describe)\(/;

// Specs that need a server are reported as not run, by name, where there is none. One file decides about all of them.
const maySayNotRun = 'packages/postgres/src/testing/on-postgres.ts';

/** A test that does not run proves nothing, and one that runs alone hides the others. */
export const everyTestRuns: TidyCheck = (tree) =>
  linesMatching(
    tree,
    tree.files.filter((file) => /\.spec\.ts$|\/testing\/.*\.ts$/.test(file) && file !== maySayNotRun),
    passedOver,
  ).map(({ file, line }) => `${file}:${line} passes over a test`);
