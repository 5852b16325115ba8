import type { KeyParent, KeyPath } from '@mandate/vault';

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

export const pathColumns = 'contract_id AS contractId, data_set_id AS dataSetId, recipient_id AS recipientId';

export const pathOf = ({ contractId, dataSetId, recipientId }: PathRow): KeyPath => {
  if (dataSetId === '') return [contractId];
  if (recipientId === '') return [contractId, dataSetId];
  return [contractId, dataSetId, recipientId];
};

/** True for the row of a path ?1, ?2, ?3 and for the rows of every path above it. */
export const isOnChain =
  "(contract_id, data_set_id, recipient_id) IN (VALUES (?1, '', ''), (?1, ?2, ''), (?1, ?2, ?3))";

/** True for the row of a path of so many levels, and for every row beneath it. */
export const isBeneath = (levels: 1 | 2 | 3): string =>
  ['contract_id = ?1', 'data_set_id = ?2', 'recipient_id = ?3'].slice(0, levels).join(' AND ');
