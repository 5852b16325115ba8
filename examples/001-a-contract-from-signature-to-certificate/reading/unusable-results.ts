import type { DataSetRejection } from '@mandate/domain';
import type { DecodeIssue } from '@mandate/event-sourcing';
import type { Invalid, Refused } from '@mandate/processor';
import type { EntrustedList } from './data-sets-file';
import type { DatedCommand } from './dated-commands';
import { itemIn, pathWithin } from './field-path';
import type { InputFinding } from './input-problem';
import { findingsAt } from './json-file';

/** Where in an entry of the input stands what the library calls the data, or the options, of a command. */
const pathInEntry = (path: string): string => {
  if (path === 'options.actor') return 'actor';
  return path.startsWith('options') ? '' : pathWithin('data', path);
};

/** What the library could not understand, at its place in the input. */
export const findingsOfInvalid = (
  { place }: Pick<DatedCommand, 'place'>,
  { issues }: Pick<Invalid, 'issues'>,
): readonly InputFinding[] =>
  findingsAt(
    place,
    issues.map((issue) => ({ ...issue, path: pathInEntry(issue.path) })),
  );

/** The fields that reasons to refuse a list are about; any other reason is about the whole. */
const fieldsOfReasons: Partial<Record<DataSetRejection['reason'], string>> = {
  'contract-not-concluded': 'data.contractId',
  'contract-not-started': 'at',
  'contract-ended': 'at',
  'category-outside-the-contract': 'data.categories',
  'data-set-already-entrusted': 'data.dataSetId',
  'data-set-of-another-contract': 'data.contractId',
};

const fieldOfReason = (
  rejection: DataSetRejection,
  { data: { region, stores } }: Pick<EntrustedList, 'data'>,
): string => {
  const placeOfStore = (index: number, field: string): string =>
    index === -1 ? 'data.stores' : `${itemIn('data.stores', index)}.${field}`;
  if (rejection.reason === 'country-outside-the-contract') {
    const { country } = rejection;
    if (region === country) return 'data.region';
    return placeOfStore(
      stores.findIndex((store) => store.region === country),
      'region',
    );
  }
  if (rejection.reason === 'store-repeated') {
    return placeOfStore(
      stores.findLastIndex(({ name }) => name === rejection.store),
      'name',
    );
  }
  return fieldsOfReasons[rejection.reason] ?? '';
};

/** Why the library does not take a list in, at its place in the input. */
export const findingsOfList = (
  list: Pick<EntrustedList, 'place' | 'at' | 'data'>,
  result: Invalid | Refused<DataSetRejection>,
): readonly InputFinding[] => {
  if (result.outcome === 'invalid') return findingsOfInvalid(list, result);
  const { code, article, sentence, rejection } = result;
  const issue: DecodeIssue = {
    path: fieldOfReason(rejection, list),
    expected: `a data set that can be entrusted at ${list.at}`,
    found: `one that is refused, ${code} (${article}): ${sentence.replace(/\.$/, '')}`,
  };
  return findingsAt(list.place, [issue]);
};
