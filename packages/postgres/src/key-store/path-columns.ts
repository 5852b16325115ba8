import { isKeyId, KeyStoreError, type KeyParent, type KeyPath } from '@mandate/vault';

/** A path as it lies in three columns; a level that is not there is an empty text, which no id can be. */
export type PathColumns = readonly [contractId: string, dataSetId: string, recipientId: string];

export const columnsOf = (path: KeyParent | KeyPath): PathColumns => {
  const [contractId = '', dataSetId = '', recipientId = ''] = path as readonly string[];
  return [contractId, dataSetId, recipientId];
};

/** The columns of a path, as the queries of this package select them. */
export interface PathRow {
  readonly contractId: string;
  readonly dataSetId: string;
  readonly recipientId: string;
}

export const pathColumns =
  'contract_id AS "contractId", data_set_id AS "dataSetId", recipient_id AS "recipientId"';

/** Throws `corrupt` for columns that no path lies in. */
export const pathOf = ({ contractId, dataSetId, recipientId }: PathRow): KeyPath => {
  const ids = [contractId, dataSetId, recipientId];
  const levels = ids.findLastIndex((id) => id !== '') + 1;
  if (levels > 0 && ids.slice(0, levels).every(isKeyId)) {
    return ids.slice(0, levels) as readonly string[] as KeyPath;
  }
  throw new KeyStoreError('corrupt', 'a row stands where no key path leads');
};

/** Three arrays, one for each column, as `unnest` takes them. */
export const columnArraysOf = (paths: readonly KeyPath[]): readonly [string[], string[], string[]] => {
  const columns = paths.map(columnsOf);
  return [columns.map(([id]) => id), columns.map(([, id]) => id), columns.map(([, , id]) => id)];
};

/** True for the row of a path of so many levels ($1 …), and for every row beneath it. */
export const isBeneath = (levels: number): string =>
  ['contract_id = $1', 'data_set_id = $2', 'recipient_id = $3'].slice(0, levels).join(' AND ');

/** A number that the database counts with; `pg` gives it as a text, or as whatever its user has told it to. */
export const numberOf = (value: unknown): number => {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new KeyStoreError('corrupt', 'a row holds a number that cannot have been counted');
};
