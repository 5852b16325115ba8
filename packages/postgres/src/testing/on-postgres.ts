import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { Pool } from 'pg';

/** A database of a spec's own on the server of the tests. */
export interface TestDatabase {
  readonly connectionString: () => string;
  /** Ended with the spec. */
  readonly pool: () => Pool;
}

const server = process.env['MANDATE_POSTGRES_OF_TESTS'] ?? '';

const inDatabase = (name: string): string => {
  const url = new URL(server.replace(/^(\w+:)\/\/\//, '$1//localhost/'));
  url.pathname = `/${name}`;
  return url.href.replace('//localhost/', '///');
};

const asAdministrator = async (sql: string): Promise<void> => {
  const pool = new Pool({ connectionString: server, max: 1 });
  await pool.query(sql);
  await pool.end();
};

const withDatabase = (body: (database: TestDatabase) => void): void => {
  const name = `mandate_${randomUUID().replaceAll('-', '')}`;
  const connectionString = inDatabase(name);
  let pool: Pool | undefined;
  beforeAll(() => asAdministrator(`CREATE DATABASE ${name}`));
  afterAll(async () => {
    await pool?.end();
    await asAdministrator(`DROP DATABASE ${name} WITH (FORCE)`);
  });
  const ownPool = (): Pool => {
    if (pool !== undefined) return pool;
    pool = new Pool({ connectionString, max: 20 });
    // Some specs end connections that nobody uses at that moment.
    return pool.on('error', () => undefined);
  };
  body({ connectionString: () => connectionString, pool: ownPool });
};

/** Specs that need a server. Without one they are reported as not run, by name. */
export const onPostgres = (title: string, body: (database: TestDatabase) => void): void => {
  if (server === '') describe.skip(`not run, no PostgreSQL server: ${title}`, () => body(noDatabase));
  else describe(title, () => withDatabase(body));
};

const noDatabase: TestDatabase = {
  connectionString: () => '',
  pool: () => {
    throw new Error('there is no server');
  },
};
