import { decodeIssuesOf, isInstant, isRecord, shapeOf } from '@mandate/event-sourcing';
import type { DecodeIssue, Instant } from '@mandate/event-sourcing';
import { isLeft } from 'fp-ts/Either';
import { itemIn, pathWithin } from './field-path';
import { problemIn, type JsonFile, type JsonPlace } from './json-file';
import { knownCommands, type KnownCommand } from './known-commands';
import { datesThatDoNotExist, withSomeInstants } from './legal-dates-of';
import { isOpaqueId, opaqueId } from './opaque-id';
import { strangeFieldsOf } from './strange-fields';

/** What somebody does on a day, as it stands in an input file. */
export interface DatedCommand {
  /** The file and its place in it: the same entry is the same command, also after a crash. */
  readonly name: string;
  readonly place: JsonPlace;
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

const issuesOfFields = (entry: Fields, path: string): readonly DecodeIssue[] => {
  const { at, actor, about, command } = entry;
  const checks: readonly (readonly [field: string, isFine: boolean, expected: string])[] = [
    ['at', isInstant(at), 'an instant (like 2026-03-29T00:00:00.000Z)'],
    ['actor', isOpaqueId(actor), opaqueId],
    ['about', typeof about === 'string', 'a few words'],
    ['command', knownCommand(command) !== undefined, `one of ${[...knownCommands.keys()].join(', ')}`],
  ];
  return [
    ...checks
      .filter(([, isFine]) => !isFine)
      .map(([field, , expected]) => issue(`${path}.${field}`, expected, entry[field])),
    ...strangeFieldsOf(entry, path, entryFields),
  ];
};

const issuesOfEntry = (entry: Fields, path: string): readonly DecodeIssue[] => {
  const known = knownCommand(entry['command']);
  const ofData = known === undefined ? [] : issuesOfData(known, entry['data']);
  return [
    ...issuesOfFields(entry, path),
    ...ofData.map((found) => ({ ...found, path: pathWithin(`${path}.data`, found.path) })),
  ];
};

const commandOf = (json: JsonFile, entry: Fields, index: number): DatedCommand[] => {
  const { at, actor, about, command: type, data } = entry;
  const command = knownCommand(type);
  if (command === undefined || !isInstant(at)) return [];
  return [
    {
      name: `${json.file}#${index}`,
      place: { json, path: itemIn('commands', index) },
      at,
      actor: String(actor),
      type: String(type),
      about: String(about),
      command,
      data,
    },
  ];
};

/** What a file of commands says. Nothing of it counts unless all of it can be used. */
const commandsIn = (json: JsonFile): readonly DatedCommand[] => {
  const entries: unknown = isRecord(json.value) ? json.value['commands'] : undefined;
  if (!Array.isArray(entries)) throw problemIn(json, [issue('commands', 'a list of commands', entries)]);
  const issues = entries.flatMap((entry: unknown, index) => {
    const place = itemIn('commands', index);
    return isRecord(entry) ? issuesOfEntry(entry, place) : [issue(place, 'a command', entry)];
  });
  const strange = strangeFieldsOf(json.value as Fields, '', ['commands']);
  if (issues.length + strange.length > 0) throw problemIn(json, [...strange, ...issues]);
  return entries.filter(isRecord).flatMap((entry, index) => commandOf(json, entry, index));
};

/** The commands of several files in the order of their times; at the same time, in the order of the files. */
export const datedCommandsIn = (files: readonly JsonFile[]): readonly DatedCommand[] =>
  files.flatMap(commandsIn).toSorted((one, other) => (one.at === other.at ? 0 : one.at < other.at ? -1 : 1));
