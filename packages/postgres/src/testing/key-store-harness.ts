import { randomUUID } from 'node:crypto';
import type { KeyStore } from '@mandate/vault';
import type { CreateKeyStoreHarness } from '@mandate/vault/testing';
import type { Pool } from 'pg';
import { openPostgresKeyStore } from '../key-store/postgres-key-store';
import type { TestDatabase } from './on-postgres';

/**
 * Every file of the database as it is on disk, the ones that are about to go included: the tables of the store, old
 * versions of rows in them, free space, indexes, and the catalogue. What it does not show is the write-ahead log.
 */
export const filesOfDatabase = async (pool: Pool): Promise<readonly Uint8Array[]> => {
  await pool.query('CHECKPOINT');
  const { rows } = await pool.query<{ readonly bytes: Buffer | null }>(`
    SELECT pg_read_binary_file(folder || '/' || file, 0, 1 << 29, true) AS bytes
      FROM (SELECT 'base/' || oid AS folder FROM pg_database WHERE datname = current_database()) AS d,
        pg_ls_dir(folder) AS file`);
  return rows.map(({ bytes }) => bytes).filter((bytes) => bytes !== null);
};

/** To make the tables takes longest in many tests: they are emptied and used again. */
export const emptyKeyTables = async (pool: Pool, schema: string): Promise<void> => {
  await pool.query(`
    DELETE FROM "${schema}".stored_key; DELETE FROM "${schema}".fence; DELETE FROM "${schema}".frozen_contract;
    UPDATE "${schema}".key_store SET revision = 0, last_fence_revision = 0, last_fence_ordinal = 0`);
};

/** Empty key stores, each handle with a pool of its own. */
export const keyStoreHarness = ({ connectionString, pool }: TestDatabase): CreateKeyStoreHarness => {
  const free: string[] = [];
  return () => {
    const schema = free.pop() ?? `keys_${randomUUID()}`;
    const handles: KeyStore[] = [];
    return Promise.resolve({
      open: async () => {
        const handle = await openPostgresKeyStore({ connectionString: connectionString(), schema });
        handles.push(handle);
        return handle;
      },
      storedBytes: () => filesOfDatabase(pool()),
      dispose: async () => {
        for (const handle of handles) await handle.close();
        await emptyKeyTables(pool(), schema);
        free.push(schema);
      },
    });
  };
};
