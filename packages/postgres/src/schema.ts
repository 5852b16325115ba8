import type { PostgresClient, PostgresPool } from './postgres-pool';
import { PostgresOpenError } from './postgres-open-error';
import { sqlName } from './sql-name';
import { inTransaction, withClient } from './transaction';

/** A part of this package that keeps tables of its own, in a schema of their own, with their history. */
export interface Component {
  readonly name: string;
  /** The SQL that leads from each version to the next; the first creates the tables. Never change one: add one. */
  readonly migrations: readonly ((schema: string) => string)[];
}

/** A schema for one component. */
export interface ComponentSchema {
  readonly component: Component;
  /** As the database calls it, unquoted. */
  readonly schema: string;
  readonly lockTimeoutMs: number;
}

interface Found {
  readonly serverVersion: number;
  readonly isStandby: boolean;
  readonly tables: number;
  readonly hasVersions: boolean;
}

const serverVersionMin = 140_000;

const lookAround = `
  SELECT current_setting('server_version_num')::int AS "serverVersion", pg_is_in_recovery() AS "isStandby",
    (SELECT count(*)::int FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace
      WHERE nspname = $1 AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')) AS tables,
    EXISTS (SELECT FROM pg_attribute JOIN pg_class AS c ON c.oid = attrelid
      JOIN pg_namespace AS n ON n.oid = relnamespace
      WHERE nspname = $1 AND relname = 'mandate_schema' AND attname = 'component') AS "hasVersions"`;

const checkServer = ({ serverVersion, isStandby }: Found): void => {
  if (serverVersion < serverVersionMin) {
    const found = Math.floor(serverVersion / 10_000);
    throw new PostgresOpenError('server-unfit', `Expected PostgreSQL 14 or newer, found version ${found}.`);
  }
  if (!isStandby) return;
  throw new PostgresOpenError(
    'server-unfit',
    'This server is a standby, which may not know of the latest erasures. Connect to the primary.',
  );
};

const versionIn = async (client: PostgresClient, { component, schema }: ComponentSchema): Promise<number> => {
  const { rows } = await client.query(
    `SELECT component, version FROM ${sqlName(schema, 'schema')}.mandate_schema`,
  );
  const found = rows as readonly { readonly component: string; readonly version: number }[];
  const other = found.find((row) => row.component !== component.name);
  if (other === undefined) return found[0]?.version ?? 0;
  throw new PostgresOpenError(
    'foreign-schema',
    `Expected a schema of its own for ${component.name}, found one of another part of this package. ` +
      'Name another schema; keys belong on a server of their own, apart also in backups.',
  );
};

const find = async (client: PostgresClient, own: ComponentSchema): Promise<number> => {
  const found = (await client.query(lookAround, [own.schema])).rows[0] as Found;
  checkServer(found);
  if (found.hasVersions) return versionIn(client, own);
  if (found.tables === 0) return 0;
  throw new PostgresOpenError(
    'foreign-schema',
    `Expected an empty schema, or one made for ${own.component.name}; found ${found.tables} tables, views or ` +
      'sequences of another program. Name another schema.',
  );
};

const check = (version: number, { name, migrations }: Component): void => {
  if (version <= migrations.length) return;
  throw new PostgresOpenError(
    'schema-too-new',
    `Expected ${name} of schema version ${migrations.length} or older, found version ${version}. ` +
      'A newer release has been here: update @mandate/postgres.',
  );
};

/**
 * Brings the tables of a component to the newest version, in one transaction and by one process at a time. A user
 * that may not create anything can open what another one has made. Throws a `PostgresOpenError`, and changes nothing then.
 */
export const migrate = async (pool: PostgresPool, own: ComponentSchema): Promise<void> => {
  const { component, lockTimeoutMs } = own;
  const { name, migrations } = component;
  const before = await withClient(pool, (client) => find(client, own));
  check(before, component);
  if (before === migrations.length) return;
  await inTransaction(pool, { lockTimeoutMs }, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`mandate/${own.schema}`]);
    // Another process may have been here since.
    const version = await find(client, own);
    check(version, component);
    const schema = sqlName(own.schema, 'schema');
    await client.query(`
      CREATE SCHEMA IF NOT EXISTS ${schema};
      CREATE TABLE IF NOT EXISTS ${schema}.mandate_schema (component text PRIMARY KEY, version int NOT NULL)`);
    for (const migration of migrations.slice(version)) await client.query(migration(schema));
    await client.query(
      `INSERT INTO ${schema}.mandate_schema AS known (component, version) VALUES ($1, $2)
        ON CONFLICT (component) DO UPDATE SET version = excluded.version`,
      [name, migrations.length],
    );
  });
};
