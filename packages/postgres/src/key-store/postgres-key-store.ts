import {
  assertKeyParent,
  assertKeyPath,
  KeyStoreError,
  pathsFromContract,
  type KeyPath,
  type KeyReading,
  type KeyStore,
} from '@mandate/vault';
import { openPool, type PostgresClient, type PostgresConnection, type PostgresPool } from '../postgres-pool';
import { migrate } from '../schema';
import { sqlName } from '../sql-name';
import { inTransaction, withClient } from '../transaction';
import { addedUp, countsPerPartition, listKeys } from './key-census';
import { createKeys } from './key-creation';
import { destroyKeys } from './key-destruction';
import { freezeContract, listFences, writeFence, writeFencesAgain } from './key-fences';
import { replaceKeys } from './key-replacement';
import { keyComponent } from './key-schema';
import { lookAtKeys } from './key-sight';
import { asKeyStoreError, callsOfKeyStore, type KeyStoreCalls } from './key-store-calls';
import { numberOf } from './path-columns';

export type PostgresKeyStoreOptions = PostgresConnection & {
  /**
   * The schema of the store's tables, which is made if need be. One of its own, in a database and best on a server of its
   * own, apart from the data and its backups: a key that is restored together with its data has not been destroyed.
   * Default `mandate_keys`.
   */
  readonly schema?: string;
  /**
   * How long a change waits for others, in milliseconds. Destroying waits for everybody who reads, also for a dump of the
   * database. Default 5,000.
   */
  readonly lockTimeoutMs?: number;
};

interface Tables {
  readonly pool: PostgresPool;
  /** As it stands in SQL. */
  readonly schema: string;
  readonly lockTimeoutMs: number;
}

// Who may work beside whom. Creators beside each other and beside readers; everybody else who writes, alone beside
// readers; who destroys, alone. All take the same lock first, so that nobody waits for two. Whoever waits is served in turn.
const beside = {
  creating: 'ROW EXCLUSIVE',
  changing: 'SHARE ROW EXCLUSIVE',
  destroying: 'ACCESS EXCLUSIVE',
} as const;

const changesOn = ({ pool, schema, lockTimeoutMs }: Tables, { call }: KeyStoreCalls) => {
  const change = <T>(
    doing: keyof typeof beside,
    work: (client: PostgresClient) => Promise<T>,
  ): Promise<T> => {
    const first = `LOCK TABLE ONLY ${schema}.stored_key IN ${beside[doing]} MODE`;
    return inTransaction(pool, { lockTimeoutMs, first }, work);
  };

  const checkPaths = (items: readonly { readonly path: KeyPath }[]): void => {
    for (const { path } of items) assertKeyPath(path);
  };

  return {
    create: (newKeys) =>
      call(async () => {
        checkPaths(newKeys);
        return change('creating', (client) => createKeys(client, schema, newKeys));
      }),
    replace: (replacements) =>
      call(async () => {
        checkPaths(replacements);
        return change('changing', (client) => replaceKeys(client, schema, replacements));
      }),
    fence: (path, at) =>
      call(async () => {
        assertKeyPath(path);
        return change('changing', (client) => writeFence(client, schema, { path, at }));
      }),
    destroy: (path, at) =>
      call(async () => {
        assertKeyPath(path);
        return change('destroying', (client) => destroyKeys(client, schema, { path, at }));
      }),
    reapplyFences: (records) =>
      call(async () => {
        checkPaths(records);
        return change('changing', (client) => writeFencesAgain(client, schema, records));
      }),
    freeze: (contractId, at) =>
      call(async () => {
        assertKeyPath([contractId]);
        return change('changing', (client) => freezeContract(client, schema, { contractId, frozenAt: at }));
      }),
  } satisfies Partial<KeyStore>;
};

const read = async (client: PostgresClient, schema: string, path: KeyPath): Promise<KeyReading> => {
  const sight = await lookAtKeys(client, schema, [path]);
  const erased = sight.erasureOf(path);
  if (erased !== undefined) return erased;
  if (sight.get(path) === undefined) return { state: 'never-known' };
  const chain = pathsFromContract(path)
    .map((each) => sight.get(each))
    .filter((key) => key !== undefined);
  if (chain.length < path.length) {
    throw new KeyStoreError('corrupt', 'a key is stored whose wrapping key is not');
  }
  return { state: 'active', chain, frozenAt: sight.frozenAt(path[0]) ?? null };
};

const revisionIn = async (client: PostgresClient, schema: string): Promise<number> => {
  const { rows } = await client.query(
    `SELECT revision, pg_is_in_recovery() AS "isStandby" FROM ${schema}.key_store`,
  );
  const row = rows[0] as { readonly revision: unknown; readonly isStandby: boolean } | undefined;
  if (row === undefined) throw new KeyStoreError('corrupt', 'the row that counts fences is gone');
  // A server that was the primary before may not know of the latest fences.
  if (row.isStandby) throw new KeyStoreError('unavailable', 'the server has become a standby');
  return numberOf(row.revision);
};

const questionsOn = ({ pool, schema }: Tables, { call }: KeyStoreCalls) => {
  const ask = <T>(work: (client: PostgresClient) => Promise<T>): Promise<T> => withClient(pool, work);
  return {
    read: (path) =>
      call(async () => {
        assertKeyPath(path);
        return ask((client) => read(client, schema, path));
      }),
    revision: () => call(() => ask((client) => revisionIn(client, schema))),
    countKeys: (path) =>
      call(async () => {
        assertKeyPath(path);
        const found = await ask((client) => countsPerPartition(client, schema, path));
        return found
          .map(({ counts }) => counts)
          .reduce(addedUp, { contracts: 0, dataSets: 0, recipients: 0 });
      }),
    listKeys: (parent, page) =>
      call(async () => {
        assertKeyParent(parent);
        return ask((client) => listKeys(client, schema, { parent, page }));
      }),
    listFences: (page) => call(() => ask((client) => listFences(client, schema, page))),
  } satisfies Partial<KeyStore>;
};

/**
 * Opens a key store in PostgreSQL, which any number of machines may share. It makes its tables if need be.
 *
 * Destroyed keys are in no table, index or file of the database when `destroy` resolves. The write-ahead log, standbys,
 * backups and freed blocks of the disk may still hold them, wrapped: the README says what follows from that.
 *
 * Throws a `PostgresOpenError` for a schema or server that must not be used, a `KeyStoreError` when the server cannot be
 * reached (`unavailable`), and a `RangeError` for a schema name that is none.
 */
export const openPostgresKeyStore = async (options: PostgresKeyStoreOptions): Promise<KeyStore> => {
  const { schema = 'mandate_keys', lockTimeoutMs = 5000 } = options;
  const quoted = sqlName(schema, 'schema');
  const { pool, end } = openPool(options);
  try {
    await migrate(pool, { component: keyComponent, schema, lockTimeoutMs });
  } catch (error) {
    await end();
    throw asKeyStoreError(error);
  }
  const tables = { pool, schema: quoted, lockTimeoutMs };
  const calls = callsOfKeyStore(end);
  return { ...changesOn(tables, calls), ...questionsOn(tables, calls), close: calls.close };
};
