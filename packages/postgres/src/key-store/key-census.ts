import type { KeyCounts, KeyPage, KeyParent, KeyPath, PageRequest, StoredKey } from '@mandate/vault';
import type { PostgresClient } from '../postgres-pool';
import { columnsOf, isBeneath, numberOf, pathColumns, pathOf, type PathRow } from './path-columns';

/** The keys of a path and beneath that lie in one table. */
interface PartitionCounts {
  /** As it stands in SQL. */
  readonly partition: string;
  readonly counts: KeyCounts;
}

const countingOf = (schema: string, levels: number): string => `
  SELECT tableoid::regclass::text AS partition,
      count(*) FILTER (WHERE data_set_id = '') AS contracts,
      count(*) FILTER (WHERE data_set_id <> '' AND recipient_id = '') AS "dataSets",
      count(*) FILTER (WHERE recipient_id <> '') AS recipients
    FROM ${schema}.stored_key WHERE ${isBeneath(levels)} GROUP BY tableoid ORDER BY tableoid`;

export const countsPerPartition = async (
  client: PostgresClient,
  schema: string,
  path: KeyPath,
): Promise<readonly PartitionCounts[]> => {
  const { rows } = await client.query(countingOf(schema, path.length), columnsOf(path).slice(0, path.length));
  return (rows as readonly (Record<keyof KeyCounts, unknown> & { readonly partition: string })[]).map(
    ({ partition, contracts, dataSets, recipients }) => ({
      partition,
      counts: {
        contracts: numberOf(contracts),
        dataSets: numberOf(dataSets),
        recipients: numberOf(recipients),
      },
    }),
  );
};

export const addedUp = (left: KeyCounts, right: KeyCounts): KeyCounts => ({
  contracts: left.contracts + right.contracts,
  dataSets: left.dataSets + right.dataSets,
  recipients: left.recipients + right.recipients,
});

const isNotErased = (schema: string): string => `NOT EXISTS (
  SELECT FROM ${schema}.fence AS f WHERE f.contract_id = k.contract_id
    AND f.data_set_id IN ('', k.data_set_id) AND f.recipient_id IN ('', k.recipient_id))`;

/** The keys one level below a parent of 0, 1 or 2 levels, after the id of the page before. */
const listings = [
  { isWanted: "recipient_id = '' AND data_set_id = '' AND contract_id > $1", order: 'contract_id' },
  { isWanted: "recipient_id = '' AND contract_id = $1 AND data_set_id > $2", order: 'data_set_id' },
  { isWanted: 'contract_id = $1 AND data_set_id = $2 AND recipient_id > $3', order: 'recipient_id' },
] as const;

const listingOf = (schema: string, level: 0 | 1 | 2): string => `
  SELECT ${pathColumns}, generation, wrapped FROM ${schema}.stored_key AS k
    WHERE ${listings[level].isWanted} AND ${isNotErased(schema)}
    ORDER BY ${listings[level].order} LIMIT $${level + 2}`;

interface KeyRow extends PathRow {
  readonly generation: unknown;
  readonly wrapped: Uint8Array;
}

const keyOf = (row: KeyRow): StoredKey => ({
  path: pathOf(row),
  wrapped: Uint8Array.from(row.wrapped),
  generation: numberOf(row.generation),
});

export const listKeys = async (
  client: PostgresClient,
  schema: string,
  { parent, page: { after, limit } }: { readonly parent: KeyParent; readonly page: PageRequest },
): Promise<KeyPage> => {
  const { rows } = await client.query(listingOf(schema, parent.length), [...parent, after ?? '', limit + 1]);
  const keys = (rows as readonly KeyRow[]).slice(0, limit).map(keyOf);
  return { keys, next: rows.length > limit ? (keys.at(-1)?.path.at(-1) ?? null) : null };
};
