import { KeyStoreError, type KeyCounts, type KeyDestruction, type KeyPath } from '@mandate/vault';
import type { PostgresClient } from '../postgres-pool';
import { fenceAt, recordDestruction } from './key-fences';
import { addedUp, countsPerPartition } from './key-census';
import { columnsOf, isBeneath } from './path-columns';

/**
 * Writes the table of one partition anew without the keys of a path. A row that is deleted or overwritten stays in the
 * file, since PostgreSQL writes every version of a row to another place; a table that is emptied and filled gets another
 * file, and the old one goes with the commit. Readers of an older moment have no say in this, unlike with `VACUUM`.
 */
const rewrite = async (client: PostgresClient, partition: string, path: KeyPath): Promise<void> => {
  await client.query(`CREATE TEMPORARY TABLE mandate_surviving_key (LIKE ${partition}) ON COMMIT DROP`);
  await client.query(
    `INSERT INTO pg_temp.mandate_surviving_key SELECT * FROM ${partition} WHERE NOT (${isBeneath(path.length)})`,
    columnsOf(path).slice(0, path.length),
  );
  await client.query(`
    TRUNCATE ${partition};
    INSERT INTO ${partition} SELECT * FROM pg_temp.mandate_surviving_key;
    DROP TABLE pg_temp.mandate_surviving_key`);
};

const none: KeyCounts = { contracts: 0, dataSets: 0, recipients: 0 };

/** Destroys the keys of a fence, once, within a transaction that keeps everybody else away. */
export const destroyKeys = async (
  client: PostgresClient,
  schema: string,
  { path, at }: { readonly path: KeyPath; readonly at: string },
): Promise<KeyDestruction> => {
  const fence = await fenceAt(client, schema, path);
  if (fence === undefined) {
    throw new KeyStoreError(
      'not-fenced',
      'keys are destroyed only after a fence was written for the same path',
    );
  }
  const { fenceRevision, destruction } = fence;
  if (destruction !== null) return { path, fenceRevision, ...destruction };
  const found = await countsPerPartition(client, schema, path);
  for (const { partition } of found) await rewrite(client, partition, path);
  const keysDestroyed = found.map(({ counts }) => counts).reduce(addedUp, none);
  await recordDestruction(client, schema, { path, at, counts: keysDestroyed });
  return { path, fenceRevision, destroyedAt: at, keysDestroyed };
};
