import { decodeIssuesOf, isInstant, shapeOf } from '@mandate/event-sourcing';
import type { DecodeIssue, Instant } from '@mandate/event-sourcing';
import { isLeft } from 'fp-ts/Either';
import { problemIn, readJsonFile } from './json-file';
import { knownCommands, type KnownCommand } from './known-commands';
import { datesThatDoNotExist, withSomeInstants } from './legal-dates-of';

/** What somebody does on a day, as it stands in an input file. */
export interface DatedCommand {
  /** The file and its place in it: the same entry is the same command, also after a crash. */
  readonly name: string;
  readonly at: Instant;
  /** An opaque id. */
  readonly actor: string;
  readonly type: string;
  /** A few words for whoever watches; not part of the command. */
  readonly about: string;
  readonly command: KnownCommand;
  readonly data: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const entryFields = ['at', 'actor', 'about', 'command', 'data'];
const opaqueId = /^[A-Za-z0-9_-]{1,64}$/;

const issue = (path: string, expected: string, value: unknown): DecodeIssue => ({
  path,
  expected,
  found: shapeOf(value),
});

const issuesOfData = ({ decode }: KnownCommand, data: unknown): readonly DecodeIssue[] => {
  const missing = datesThatDoNotExist(data);
  if (missing.length > 0) return missing;
  const decoded = decode(withSomeInstants(data));
  return isLeft(decoded) ? decodeIssuesOf(decoded.left) : [];
};

const issuesOfEntry = (entry: Fields, path: string): readonly DecodeIssue[] => {
  const { at, actor, about, command, data } = entry;
  const known = typeof command === 'string' ? knownCommands.get(command) : undefined;
  const issues: DecodeIssue[] = [];
  if (!isInstant(at)) issues.push(issue(`${path}.at`, 'an instant (like 2026-03-29T00:00:00.000Z)', at));
  if (typeof actor !== 'string' || !opaqueId.test(actor)) {
    issues.push(issue(`${path}.actor`, 'an opaque id of up to 64 letters and digits', actor));
  }
  if (typeof about !== 'string') issues.push(issue(`${path}.about`, 'a few words', about));
  if (known === undefined) {
    issues.push(issue(`${path}.command`, `one of ${[...knownCommands.keys()].join(', ')}`, command));
  }
  for (const key of Object.keys(entry)) {
    if (!entryFields.includes(key)) issues.push(issue(path, `only ${entryFields.join(', ')}`, entry));
  }
  const ofData = known === undefined ? [] : issuesOfData(known, data);
  return [
    ...issues,
    ...ofData.map((found) => ({ ...found, path: [`${path}.data`, found.path].filter(Boolean).join('.') })),
  ];
};

const commandOf = (file: string, entry: Fields, index: number): DatedCommand[] => {
  const { at, actor, about, command: type, data } = entry;
  const command = typeof type === 'string' ? knownCommands.get(type) : undefined;
  if (command === undefined || !isInstant(at)) return [];
  return [
    { name: `${file}#${index}`, at, actor: String(actor), type: String(type), about: String(about), command, data },
  ];
};

/** Reads a file of commands. Nothing of it counts unless all of it can be used. */
const readCommands = (path: string, file: string): readonly DatedCommand[] => {
  const json = readJsonFile(path, file);
  const entries: unknown = isRecord(json.value) ? json.value['commands'] : undefined;
  if (!Array.isArray(entries)) throw problemIn(json, [issue('commands', 'a list of commands', entries)]);
  const issues = entries.flatMap((entry: unknown, index) => {
    const place = `commands[${index}]`;
    return isRecord(entry) ? issuesOfEntry(entry, place) : [issue(place, 'a command', entry)];
  });
  if (issues.length > 0) throw problemIn(json, issues);
  return entries.filter(isRecord).flatMap((entry, index) => commandOf(file, entry, index));
};

/** The commands of several files in the order of their times; at the same time, in the order of the files. */
export const readDatedCommands = (
  files: readonly { readonly path: string; readonly file: string }[],
): readonly DatedCommand[] =>
  files
    .flatMap(({ path, file }) => readCommands(path, file))
    .toSorted((one, other) => (one.at === other.at ? 0 : one.at < other.at ? -1 : 1));
