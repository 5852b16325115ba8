import { Pool } from 'pg';

/**
 * What this package needs of a connection, by its form: a client of a `pg` pool has it. Nothing of `pg` itself stands in
 * the types, so that two copies of its typings cannot disagree.
 */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<PostgresResult>;
  /** Gives the connection back; with an error it is not used again. */
  release(error?: Error | boolean): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
}

export interface PostgresResult {
  readonly rows: readonly unknown[];
  readonly rowCount: number | null;
}

/** What this package needs of a pool; a `Pool` of `pg` has it. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>;
}

/**
 * Where the server is: a pool that is yours, and that you end yourself, or a connection string
 * (`postgresql://user@host/database`), for which a pool is opened, and ended with the store.
 */
export type PostgresConnection = { readonly pool: PostgresPool } | { readonly connectionString: string };

/** A pool, and how to end it: one that was given is left as it is. */
export interface OpenedPool {
  readonly pool: PostgresPool;
  readonly end: () => Promise<void>;
}

export const openPool = (connection: PostgresConnection): OpenedPool => {
  if ('pool' in connection) return { pool: connection.pool, end: () => Promise.resolve() };
  const pool = new Pool({
    connectionString: connection.connectionString,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  });
  // A connection that breaks while nobody uses it: the next call gets another one. Unheard, it would end the process.
  pool.on('error', () => undefined);
  return { pool, end: () => pool.end() };
};
