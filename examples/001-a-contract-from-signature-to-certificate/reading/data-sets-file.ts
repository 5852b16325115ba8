import { dataSetCommandCodecs, type ContractId, type DataSetId, type EntrustDataSet } from '@mandate/domain';
import { decodeIssuesOf, isInstant, shapeOf } from '@mandate/event-sourcing';
import type { DecodeIssue, Instant } from '@mandate/event-sourcing';
import { isLeft, isRight } from 'fp-ts/Either';
import { problemIn, readJsonFile } from './json-file';

/** A list that a controller entrusts: everything about it, except what only reading it can tell. */
export interface EntrustedList {
  readonly name: string;
  readonly at: Instant;
  readonly actor: string;
  readonly about: string;
  /** The file of the list, in the upload or beside this file. */
  readonly recipients: string;
  readonly contractId: ContractId;
  readonly dataSetId: DataSetId;
  readonly data: Omit<EntrustDataSet['data'], 'recipients' | 'manifestDigest'>;
}

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFileName = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z0-9][a-z0-9-]*\.csv$/.test(value);

/** Stands in for what the list itself will tell, while the rest is looked at. */
const untilRead = { recipients: 0, manifestDigest: '0'.repeat(64) };

const decoded = (data: unknown): ReturnType<typeof dataSetCommandCodecs.EntrustDataSet.decode> =>
  dataSetCommandCodecs.EntrustDataSet.decode(isRecord(data) ? { ...data, ...untilRead } : data);

const issuesOf = ({ at, actor, about, recipients, data }: Fields, path: string): readonly DecodeIssue[] => {
  const checks: readonly (readonly [string, boolean, string, unknown])[] = [
    ['at', isInstant(at), 'an instant (like 2026-03-29T00:00:00.000Z)', at],
    ['actor', typeof actor === 'string', 'an opaque id', actor],
    ['about', typeof about === 'string', 'a few words', about],
    ['recipients', isFileName(recipients), 'the name of a CSV file (like recipients.csv)', recipients],
  ];
  const ofData = decoded(data);
  return [
    ...checks
      .filter(([, isFine]) => !isFine)
      .map(([field, , expected, value]) => ({
        path: `${path}.${field}`,
        expected,
        found: shapeOf(value),
      })),
    ...(isLeft(ofData) ? decodeIssuesOf(ofData.left) : []).map((found) => ({
      ...found,
      path: [`${path}.data`, found.path].filter(Boolean).join('.'),
    })),
  ];
};

const listOf = (file: string, entry: Fields, index: number): EntrustedList[] => {
  const { at, actor, about, recipients } = entry;
  const data = decoded(entry['data']);
  if (!isRight(data) || !isInstant(at) || !isFileName(recipients)) return [];
  const { recipients: _none, manifestDigest: _noneYet, ...known } = data.right;
  const { contractId, dataSetId } = known;
  const text = { actor: String(actor), about: String(about), recipients };
  return [{ name: `${file}#${index}`, at, ...text, contractId, dataSetId, data: known }];
};

/** Reads `data-sets.json`. Nothing of it counts unless all of it can be used. */
export const readEntrustedLists = (path: string, file: string): readonly EntrustedList[] => {
  const json = readJsonFile(path, file);
  const entries: unknown = isRecord(json.value) ? json.value['dataSets'] : undefined;
  if (!Array.isArray(entries)) {
    throw problemIn(json, [{ path: 'dataSets', expected: 'a list of data sets', found: shapeOf(entries) }]);
  }
  const issues = entries.flatMap((entry: unknown, index) => {
    const place = `dataSets[${index}]`;
    return isRecord(entry)
      ? issuesOf(entry, place)
      : [{ path: place, expected: 'a data set', found: shapeOf(entry) }];
  });
  if (issues.length > 0) throw problemIn(json, issues);
  return entries.filter(isRecord).flatMap((entry, index) => listOf(file, entry, index));
};
