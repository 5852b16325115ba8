import type { KeyCounts, KeyPage, KeyParent, KeyPath, PageRequest } from '@mandate/vault';
import type { SqliteDatabase, SqliteStatement } from '../driver';
import { columnsOf, isBeneath } from './path-columns';
import { keyColumns, keyOf, type KeyRow } from './stored-keys';

/** Counts and lists keys. */
export interface KeyCensus {
  count(path: KeyPath): KeyCounts;
  list(parent: KeyParent, page: PageRequest): KeyPage;
}

const counting = (levels: 1 | 2 | 3): string => `
  SELECT
    count(*) FILTER (WHERE data_set_id = '') AS contracts,
    count(*) FILTER (WHERE data_set_id <> '' AND recipient_id = '') AS dataSets,
    count(*) FILTER (WHERE recipient_id <> '') AS recipients
  FROM stored_key WHERE ${isBeneath(levels)}`;

const isNotErased = `NOT EXISTS (
  SELECT 1 FROM fence WHERE (fence.contract_id, fence.data_set_id, fence.recipient_id) IN (
    VALUES (k.contract_id, '', ''), (k.contract_id, k.data_set_id, ''), (k.contract_id, k.data_set_id, k.recipient_id)))`;

interface Listing {
  /** Named, since SQLite would otherwise look through all keys beneath as well. */
  readonly source: string;
  readonly isWanted: string;
  readonly order: string;
}

/** The keys one level below a parent of 0, 1 or 2 levels, after the id of the page before. */
const listings: readonly Listing[] = [
  {
    source: 'stored_key AS k INDEXED BY contract_key',
    isWanted: "data_set_id = '' AND contract_id > ?1",
    order: 'contract_id',
  },
  {
    source: 'stored_key AS k INDEXED BY data_set_key',
    isWanted: "recipient_id = '' AND contract_id = ?1 AND data_set_id > ?2",
    order: 'data_set_id',
  },
  {
    source: 'stored_key AS k',
    isWanted: 'contract_id = ?1 AND data_set_id = ?2 AND recipient_id > ?3',
    order: 'recipient_id',
  },
];

const listing = ({ source, isWanted, order }: Listing, level: number): string => `
  SELECT ${keyColumns} FROM ${source} JOIN key_slot USING (slot)
  WHERE ${isWanted} AND ${isNotErased} ORDER BY ${order} LIMIT ?${level + 2}`;

export const keyCensusIn = (database: SqliteDatabase): KeyCensus => {
  const count: readonly SqliteStatement[] = ([1, 2, 3] as const).map((levels) =>
    database.prepare(counting(levels)),
  );
  const list: readonly SqliteStatement[] = listings.map((each, level) =>
    database.prepare(listing(each, level)),
  );

  return {
    count: (path) => {
      const row = count[path.length - 1]?.get(...columnsOf(path).slice(0, path.length)) as KeyCounts;
      return { contracts: row.contracts, dataSets: row.dataSets, recipients: row.recipients };
    },
    list: (parent, { after, limit }) => {
      const above = columnsOf(parent).slice(0, parent.length);
      const rows = (list[parent.length]?.all(...above, after ?? '', limit + 1) ?? []) as readonly KeyRow[];
      const keys = Array.from(rows, keyOf).slice(0, limit);
      return { keys, next: rows.length > limit ? (keys.at(-1)?.path.at(-1) ?? null) : null };
    },
  };
};
