import type { DecodeIssue } from '@mandate/event-sourcing';
import { createHash } from 'node:crypto';
import { pathWithin } from './field-path';
import { InputProblem, type InputFinding } from './input-problem';
import { jsonLinesOf, type JsonLines } from './json-lines-of';
import { readTextFile } from './text-file';

/** A JSON file with the lines on which its values stand. */
export interface JsonFile {
  /** How messages name it. */
  readonly file: string;
  readonly value: unknown;
  readonly lines: JsonLines;
  /** SHA-256 of its text: tells whether it is still the same. */
  readonly digest: string;
}

/** A value in a JSON file, for whoever finds out later that something is wrong with it. */
export interface JsonPlace {
  readonly json: Pick<JsonFile, 'file' | 'lines'>;
  readonly path: string;
}

const isBreak = (lines: ReturnType<typeof jsonLinesOf>): lines is Exclude<typeof lines, JsonLines> =>
  'expected' in lines;

/** Reads a JSON file. Throws an `InputProblem` when it is none, or has a field twice. */
export const readJsonFile = (path: string, file: string): JsonFile => {
  const text = readTextFile(path, file);
  const lines = jsonLinesOf(text);
  if (isBreak(lines)) {
    throw new InputProblem([
      { file, line: lines.line, expected: `JSON with ${lines.expected}`, found: 'something else' },
    ]);
  }
  if (lines.repeated.length > 0) {
    const twice = { expected: 'every field once', found: 'this one again' };
    throw new InputProblem(lines.repeated.map(({ path: field, line }) => ({ file, line, field, ...twice })));
  }
  const digest = createHash('sha256').update(text).digest('hex');
  return { file, value: JSON.parse(text), lines, digest };
};

/** The line of a field; of what it belongs to when the field is missing. */
const lineOf = (lines: JsonLines, path: string): number => {
  const owner = path.replace(/(?:\.[^.[]*|\[\d+\]|^[^.[]*)$/, '');
  return lines.beginnings.get(path) ?? (owner === path ? 1 : lineOf(lines, owner));
};

/** What is wrong with a value, with its lines; the paths of the issues begin at the value. */
export const findingsAt = (
  { json: { file, lines }, path: owner }: JsonPlace,
  issues: readonly DecodeIssue[],
): readonly InputFinding[] =>
  issues.map(({ path: within, expected, found }) => {
    const path = pathWithin(owner, within);
    return { file, line: lineOf(lines, path), ...(path === '' ? {} : { field: path }), expected, found };
  });

/** What is wrong at places of a JSON file, with its lines. */
export const problemIn = (json: JsonFile, issues: readonly DecodeIssue[]): InputProblem =>
  new InputProblem(findingsAt({ json, path: '' }, issues));
