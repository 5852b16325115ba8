import {
  formatKeyPath,
  KeyStoreError,
  pathsFromContract,
  type Erased,
  type FenceRecord,
  type KeyPath,
  type StoredKey,
} from '@mandate/vault';
import type { PostgresClient } from '../postgres-pool';
import { columnArraysOf, numberOf, pathColumns, pathOf, type PathRow } from './path-columns';

/** What a store holds about some paths and everything above them, as it was at one moment. */
export interface KeySight {
  /** What the first fence on a path or above it made of its key. */
  erasureOf(path: KeyPath): Erased | undefined;
  /** The key of this very path. */
  get(path: KeyPath): StoredKey | undefined;
  /** When a contract was frozen. */
  frozenAt(contractId: string): string | undefined;
}

interface SightRow extends PathRow {
  readonly kind: 'fence' | 'key' | 'freeze' | 'standby';
  readonly number: unknown;
  readonly instant: string;
  readonly wrapped: Uint8Array;
}

// One statement, so that it sees one moment.
const sightOf = (schema: string): string => `
  WITH place AS (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) AS p (contract_id, data_set_id, recipient_id))
  SELECT 'fence' AS kind, ${pathColumns}, fence_revision AS number, fenced_at AS instant, NULL AS wrapped
    FROM ${schema}.fence JOIN place USING (contract_id, data_set_id, recipient_id)
  UNION ALL
  SELECT 'key', contract_id, data_set_id, recipient_id, generation, NULL, wrapped
    FROM ${schema}.stored_key JOIN place USING (contract_id, data_set_id, recipient_id)
  UNION ALL
  SELECT 'freeze', contract_id, '', '', 0, frozen_at, NULL
    FROM ${schema}.frozen_contract WHERE contract_id = ANY ($1)
  UNION ALL
  SELECT 'standby', '', '', '', 0, NULL, NULL WHERE pg_is_in_recovery()`;

const fencesIn = (rows: readonly SightRow[]): ReadonlyMap<string, FenceRecord> =>
  new Map(
    rows
      .filter(({ kind }) => kind === 'fence')
      .map((row) => {
        const fence = { path: pathOf(row), fenceRevision: numberOf(row.number), fencedAt: row.instant };
        return [formatKeyPath(fence.path), fence];
      }),
  );

const keysIn = (rows: readonly SightRow[]): ReadonlyMap<string, StoredKey> =>
  new Map(
    rows
      .filter(({ kind }) => kind === 'key')
      .map((row) => {
        const generation = numberOf(row.number);
        const key = { path: pathOf(row), wrapped: Uint8Array.from(row.wrapped), generation };
        return [formatKeyPath(key.path), key];
      }),
  );

/** Every path once, with those above. */
const withThoseAbove = (paths: readonly KeyPath[]): readonly KeyPath[] => [
  ...new Map(paths.flatMap(pathsFromContract).map((path) => [formatKeyPath(path), path])).values(),
];

/** Looks at some paths and everything above them. */
export const lookAtKeys = async (
  client: PostgresClient,
  schema: string,
  paths: readonly KeyPath[],
): Promise<KeySight> => {
  const { rows } = await client.query(sightOf(schema), [...columnArraysOf(withThoseAbove(paths))]);
  const found = rows as readonly SightRow[];
  if (found.some(({ kind }) => kind === 'standby')) {
    throw new KeyStoreError(
      'unavailable',
      'the server has become a standby: it may not know of the latest fences',
    );
  }
  const fences = fencesIn(found);
  const keys = keysIn(found);
  const freezes = new Map(
    found.filter(({ kind }) => kind === 'freeze').map(({ contractId, instant }) => [contractId, instant]),
  );
  return {
    erasureOf: (path) => {
      const covering = pathsFromContract(path)
        .map((each) => fences.get(formatKeyPath(each)))
        .filter((fence) => fence !== undefined)
        // Stable: of those with one revision, the one nearest to the contract.
        .toSorted((left, right) => left.fenceRevision - right.fenceRevision);
      const [first] = covering;
      return first && { state: 'erased', erasedAt: first.fencedAt, fenceRevision: first.fenceRevision };
    },
    get: (path) => keys.get(formatKeyPath(path)),
    frozenAt: (contractId) => freezes.get(contractId),
  };
};
