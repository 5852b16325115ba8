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

const knownCommand = (type: unknown): KnownCommand | undefined =>
  typeof type === 'string' ? knownCommands.get(type) : undefined;

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

const isOpaqueId = (value: unknown): boolean =>
  typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value);

const issuesOfFields = (entry: Fields, path: string): readonly DecodeIssue[] => {
  const { at, actor, about, command } = entry;
  const checks: readonly (readonly [field: string, isFine: boolean, expected: string])[] = [
    ['at', isInstant(at), 'an instant (like 2026-03-29T00:00:00.000Z)'],
    ['actor', isOpaqueId(actor), 'an opaque id of up to 64 letters and digits'],
    ['about', typeof about === 'string', 'a few words'],
    ['command', knownCommand(command) !== undefined, `one of ${[...knownCommands.keys()].join(', ')}`],
  ];
  const isStrange = Object.keys(entry).some((key) => !entryFields.includes(key));
  return [
    ...checks
      .filter(([, isFine]) => !isFine)
      .map(([field, , expected]) => issue(`${path}.${field}`, expected, entry[field])),
    ...(isStrange ? [issue(path, `only the fields ${entryFields.join(', ')}`, entry)] : []),
  ];
};

const issuesOfEntry = (entry: Fields, path: string): readonly DecodeIssue[] => {
  const known = knownCommand(entry['command']);
  const ofData = known === undefined ? [] : issuesOfData(known, entry['data']);
  return [
    ...issuesOfFields(entry, path),
    ...ofData.map((found) => ({ ...found, path: [`${path}.data`, found.path].filter(Boolean).join('.') })),
  ];
};

const commandOf = (file: string, entry: Fields, index: number): DatedCommand[] => {
  const { at, actor, about, command: type, data } = entry;
  const command = knownCommand(type);
  if (command === undefined || !isInstant(at)) return [];
  return [
    {
      name: `${file}#${index}`,
      at,
      actor: String(actor),
      type: String(type),
      about: String(about),
      command,
      data,
    },
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
