import type { DecodeIssue } from '@mandate/event-sourcing';
import { InputProblem } from './input-problem';
import { jsonLinesOf, type JsonLines } from './json-lines-of';
import { readTextFile } from './text-file';

/** A JSON file with the lines on which its values stand. */
export interface JsonFile {
  /** How messages name it. */
  readonly file: string;
  readonly value: unknown;
  readonly lines: JsonLines;
}

const isBreak = (lines: ReturnType<typeof jsonLinesOf>): lines is Exclude<typeof lines, JsonLines> =>
  'expected' in lines;

export const readJsonFile = (path: string, file: string): JsonFile => {
  const text = readTextFile(path, file);
  const lines = jsonLinesOf(text);
  if (isBreak(lines)) {
    throw new InputProblem([
      { file, line: lines.line, expected: `JSON with ${lines.expected}`, found: 'something else' },
    ]);
  }
  return { file, value: JSON.parse(text), lines };
};

/** The line of a field; of what it belongs to when the field is missing. */
const lineOf = (lines: JsonLines, path: string): number => {
  const owner = path.replace(/(?:\.[^.[]*|\[\d+\]|^[^.[]*)$/, '');
  return lines.get(path) ?? (owner === path ? 1 : lineOf(lines, owner));
};

/** What is wrong at places of a JSON file, with its lines. */
export const problemIn = ({ file, lines }: JsonFile, issues: readonly DecodeIssue[]): InputProblem =>
  new InputProblem(
    issues.map(({ path, expected, found }) => ({
      file,
      line: lineOf(lines, path),
      ...(path === '' ? {} : { field: path }),
      expected,
      found,
    })),
  );
