import { dataSetCommandCodecs, type ContractId, type DataSetId, type EntrustDataSet } from '@mandate/domain';
import { decodeIssuesOf, isInstant, isRecord, shapeOf } from '@mandate/event-sourcing';
import type { DecodeIssue, Instant } from '@mandate/event-sourcing';
import { isLeft, isRight } from 'fp-ts/Either';
import { storeNames } from '../platform/store-names';
import { itemIn, pathWithin } from './field-path';
import { problemIn, type JsonFile, type JsonPlace } from './json-file';
import { isOpaqueId, opaqueId } from './opaque-id';
import { strangeFieldsOf } from './strange-fields';

/** A list that a controller entrusts: everything about it, except what only reading it can tell. */
export interface EntrustedList {
  readonly name: string;
  readonly place: JsonPlace;
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

const entryFields = ['at', 'actor', 'about', 'recipients', 'data'];

const isFileName = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z0-9][a-z0-9-]*\.csv$/.test(value);

/** Stands in for what the list itself will tell, while the rest is looked at. */
export const untilRead = { recipients: 0, manifestDigest: '0'.repeat(64) };

const decoded = (data: unknown): ReturnType<typeof dataSetCommandCodecs.EntrustDataSet.decode> =>
  dataSetCommandCodecs.EntrustDataSet.decode(isRecord(data) ? { ...data, ...untilRead } : data);

/** What the list tells itself must not be told a second time. */
const issuesOfToldTwice = (data: unknown): readonly DecodeIssue[] =>
  Object.keys(untilRead)
    .filter((field) => isRecord(data) && Object.hasOwn(data, field))
    .map((path) => ({ path, expected: 'nothing here, since the list itself tells it', found: 'something' }));

/** Every store must be one that somebody can erase: at the deletion it would be too late to find out. */
const issuesOfStores = ({ stores }: EntrustedList['data']): readonly DecodeIssue[] =>
  stores.flatMap(({ name }, index) =>
    storeNames.some((known) => known === name)
      ? []
      : [
          {
            path: `${itemIn('stores', index)}.name`,
            expected: `a store of the platform (${storeNames.join(', ')})`,
            found: shapeOf(name),
          },
        ],
  );

const issuesOfData = (data: unknown): readonly DecodeIssue[] => {
  const ofData = decoded(data);
  const issues = isLeft(ofData) ? decodeIssuesOf(ofData.left) : issuesOfStores(ofData.right);
  return [...issuesOfToldTwice(data), ...issues];
};

const issuesOf = (entry: Fields, path: string): readonly DecodeIssue[] => {
  const { at, actor, about, recipients, data } = entry;
  const checks: readonly (readonly [string, boolean, string, unknown])[] = [
    ['at', isInstant(at), 'an instant (like 2026-03-29T00:00:00.000Z)', at],
    ['actor', isOpaqueId(actor), opaqueId, actor],
    ['about', typeof about === 'string', 'a few words', about],
    ['recipients', isFileName(recipients), 'the name of a CSV file (like recipients.csv)', recipients],
  ];
  return [
    ...checks
      .filter(([, isFine]) => !isFine)
      .map(([field, , expected, value]) => ({ path: `${path}.${field}`, expected, found: shapeOf(value) })),
    ...strangeFieldsOf(entry, path, entryFields),
    ...issuesOfData(data).map((found) => ({ ...found, path: pathWithin(`${path}.data`, found.path) })),
  ];
};

const listOf = (json: JsonFile, entry: Fields, index: number): EntrustedList[] => {
  const { at, actor, about, recipients } = entry;
  const data = decoded(entry['data']);
  if (!isRight(data) || !isInstant(at) || !isFileName(recipients)) return [];
  const { recipients: _none, manifestDigest: _noneYet, ...known } = data.right;
  const { contractId, dataSetId } = known;
  const text = { actor: String(actor), about: String(about), recipients };
  const place = { json, path: itemIn('dataSets', index) };
  return [{ name: `${json.file}#${index}`, place, at, ...text, contractId, dataSetId, data: known }];
};

/** The lists that `data-sets.json` entrusts. Nothing of it counts unless all of it can be used. */
export const entrustedListsIn = (json: JsonFile): readonly EntrustedList[] => {
  const entries: unknown = isRecord(json.value) ? json.value['dataSets'] : undefined;
  if (!Array.isArray(entries) || entries.length === 0) {
    const expected = 'a list of at least one data set';
    throw problemIn(json, [{ path: 'dataSets', expected, found: shapeOf(entries) }]);
  }
  const issues = entries.flatMap((entry: unknown, index) => {
    const place = itemIn('dataSets', index);
    return isRecord(entry)
      ? issuesOf(entry, place)
      : [{ path: place, expected: 'a data set', found: shapeOf(entry) }];
  });
  const strange = strangeFieldsOf(json.value as Fields, '', ['dataSets']);
  if (issues.length + strange.length > 0) throw problemIn(json, [...strange, ...issues]);
  return entries.filter(isRecord).flatMap((entry, index) => listOf(json, entry, index));
};
