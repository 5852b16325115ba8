import { formatKeyPath, type Fence, type FencePage, type FenceRecord, type Freeze } from '@mandate/vault';
import type { KeyCounts, KeyPath, PageRequest } from '@mandate/vault';
import type { PostgresClient } from '../postgres-pool';
import { columnArraysOf, columnsOf, numberOf, pathColumns, pathOf, type PathRow } from './path-columns';

interface FenceRow extends PathRow {
  readonly ordinal: unknown;
  readonly fenceRevision: unknown;
  readonly fencedAt: string;
  readonly destroyedAt: string | null;
  readonly contracts: unknown;
  readonly dataSets: unknown;
  readonly recipients: unknown;
}

const fenceColumns = `ordinal, ${pathColumns}, fence_revision AS "fenceRevision", fenced_at AS "fencedAt",
  destroyed_at AS "destroyedAt", contracts, data_sets AS "dataSets", recipients`;

const countsOf = ({ contracts, dataSets, recipients }: FenceRow): KeyCounts => ({
  contracts: numberOf(contracts),
  dataSets: numberOf(dataSets),
  recipients: numberOf(recipients),
});

const fenceOf = (row: FenceRow): Fence => {
  const { fencedAt, destroyedAt } = row;
  const destruction = destroyedAt === null ? null : { destroyedAt, keysDestroyed: countsOf(row) };
  return { path: pathOf(row), fenceRevision: numberOf(row.fenceRevision), fencedAt, destruction };
};

const hasPath = '(contract_id, data_set_id, recipient_id) = ($1, $2, $3)';

/** The fence on this very path. */
export const fenceAt = async (
  client: PostgresClient,
  schema: string,
  path: KeyPath,
): Promise<Fence | undefined> => {
  const { rows } = await client.query(`SELECT ${fenceColumns} FROM ${schema}.fence WHERE ${hasPath}`, [
    ...columnsOf(path),
  ]);
  const row = rows[0] as FenceRow | undefined;
  return row && fenceOf(row);
};

/** Counts new fences, and answers with the ordinal of the last one. Whoever read a key before looks again now. */
const countFences = async (
  client: PostgresClient,
  schema: string,
  fences: readonly FenceRecord[],
): Promise<number> => {
  const highest = fences.reduce((most, { fenceRevision }) => Math.max(most, fenceRevision), 0);
  const { rows } = await client.query(
    `UPDATE ${schema}.key_store SET revision = revision + $1, last_fence_ordinal = last_fence_ordinal + $1,
        last_fence_revision = greatest(last_fence_revision, $2)
      RETURNING last_fence_ordinal AS "lastOrdinal"`,
    [fences.length, highest],
  );
  return numberOf((rows[0] as { readonly lastOrdinal: unknown } | undefined)?.lastOrdinal);
};

const insertOf = (schema: string): string => `
  INSERT INTO ${schema}.fence (contract_id, data_set_id, recipient_id, fence_revision, fenced_at, ordinal)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::bigint[])`;

/** Writes fences that are new to this store, in this order, each with its own revision. */
const addFences = async (
  client: PostgresClient,
  schema: string,
  fences: readonly FenceRecord[],
): Promise<void> => {
  if (fences.length === 0) return;
  const lastOrdinal = await countFences(client, schema, fences);
  await client.query(insertOf(schema), [
    ...columnArraysOf(fences.map(({ path }) => path)),
    fences.map((fence) => fence.fenceRevision),
    fences.map(({ fencedAt }) => fencedAt),
    fences.map((_, index) => lastOrdinal - fences.length + 1 + index),
  ]);
};

/** Writes a fence with the next revision, unless there is one. */
export const writeFence = async (
  client: PostgresClient,
  schema: string,
  { path, at }: { readonly path: KeyPath; readonly at: string },
): Promise<Fence> => {
  const known = await fenceAt(client, schema, path);
  if (known !== undefined) return known;
  const { rows } = await client.query(`SELECT last_fence_revision AS "last" FROM ${schema}.key_store`);
  const { last } = (rows[0] ?? {}) as { readonly last?: unknown };
  const fence = { path, fenceRevision: numberOf(last) + 1, fencedAt: at };
  await addFences(client, schema, [fence]);
  return { ...fence, destruction: null };
};

const knownOf = (schema: string): string => `
  SELECT ${pathColumns} FROM ${schema}.fence
    JOIN unnest($1::text[], $2::text[], $3::text[]) AS p (contract_id, data_set_id, recipient_id)
    USING (contract_id, data_set_id, recipient_id)`;

/** Writes fences of before again, each unless there is one on its path. Answers how many were new. */
export const writeFencesAgain = async (
  client: PostgresClient,
  schema: string,
  records: readonly FenceRecord[],
): Promise<number> => {
  const { rows } = await client.query(knownOf(schema), [...columnArraysOf(records.map(({ path }) => path))]);
  const known = new Set((rows as readonly PathRow[]).map((row) => formatKeyPath(pathOf(row))));
  const added = records.filter(({ path }) => {
    const isNew = !known.has(formatKeyPath(path));
    known.add(formatKeyPath(path));
    return isNew;
  });
  await addFences(client, schema, added);
  return added.length;
};

/** Puts on record that the keys of a fence were destroyed. */
export const recordDestruction = async (
  client: PostgresClient,
  schema: string,
  { path, at, counts }: { readonly path: KeyPath; readonly at: string; readonly counts: KeyCounts },
): Promise<void> => {
  await client.query(
    `UPDATE ${schema}.fence SET destroyed_at = $4, contracts = $5, data_sets = $6, recipients = $7 WHERE ${hasPath}`,
    [...columnsOf(path), at, counts.contracts, counts.dataSets, counts.recipients],
  );
};

export const listFences = async (
  client: PostgresClient,
  schema: string,
  { after, limit }: PageRequest,
): Promise<FencePage> => {
  const { rows } = await client.query(
    `SELECT ${fenceColumns} FROM ${schema}.fence WHERE ordinal > $1 ORDER BY ordinal LIMIT $2`,
    [Number(after ?? 0), limit + 1],
  );
  const page = (rows as readonly FenceRow[]).slice(0, limit);
  const next = rows.length > limit ? String(numberOf(page.at(-1)?.ordinal)) : null;
  return { fences: page.map(fenceOf), next };
};

/** Freezes a contract, unless it is frozen. */
export const freezeContract = async (
  client: PostgresClient,
  schema: string,
  freeze: Freeze,
): Promise<Freeze> => {
  const { contractId, frozenAt } = freeze;
  const { rowCount } = await client.query(
    `INSERT INTO ${schema}.frozen_contract (contract_id, frozen_at) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
    [contractId, frozenAt],
  );
  if (rowCount === 1) {
    await client.query(`UPDATE ${schema}.key_store SET revision = revision + 1`);
    return freeze;
  }
  const { rows } = await client.query(
    `SELECT frozen_at AS "frozenAt" FROM ${schema}.frozen_contract WHERE contract_id = $1`,
    [contractId],
  );
  return { contractId, ...(rows[0] as { readonly frozenAt: string }) };
};
