import type { SqliteDatabase } from './driver';
import { SqliteOpenError } from './sqlite-open-error';
import { writeTransactionOf } from './transaction';

/** A part of this package that keeps tables of its own, with their history. */
export interface Schema {
  readonly component: string;
  /** The SQL that leads from each version to the next; the first creates the tables. Never change one: add one. */
  readonly migrations: readonly string[];
  /** Components that must not share a file with this one. */
  readonly apartFrom: readonly string[];
}

interface Found {
  readonly version: number;
  readonly others: readonly string[];
}

const hasTable = (database: SqliteDatabase, condition: string): boolean =>
  database.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND ${condition}`).get() !== undefined;

const find = (database: SqliteDatabase, component: string): Found => {
  if (!hasTable(database, "name = 'mandate_schema'")) {
    if (!hasTable(database, "name NOT LIKE 'sqlite#_%' ESCAPE '#'")) return { version: 0, others: [] };
    throw new SqliteOpenError(
      'foreign-file',
      'This file is a database of another program. Choose another file.',
    );
  }
  const rows = database.prepare('SELECT component, version FROM mandate_schema').all() as readonly {
    readonly component: string;
    readonly version: number;
  }[];
  return {
    version: rows.find((row) => row.component === component)?.version ?? 0,
    others: rows.filter((row) => row.component !== component).map((row) => row.component),
  };
};

const check = ({ version, others }: Found, { component, migrations, apartFrom }: Schema): void => {
  const unwanted = others.find((other) => apartFrom.includes(other));
  if (unwanted !== undefined) {
    throw new SqliteOpenError(
      'foreign-file',
      `This file holds ${unwanted}. Keep ${component} in a file of their own, apart also in backups.`,
    );
  }
  if (version > migrations.length) {
    throw new SqliteOpenError(
      'schema-too-new',
      `Expected ${component} of schema version ${migrations.length} or older, found version ${version}. ` +
        'A newer release has written this file: update @mandate/sqlite.',
    );
  }
};

/** Requires the tables of a component as this release knows them, and changes nothing. Throws as `migrate` does. */
export const requireSchema = (database: SqliteDatabase, schema: Schema): void => {
  const found = find(database, schema.component);
  check(found, schema);
  if (found.version === schema.migrations.length) return;
  throw new SqliteOpenError(
    'foreign-file',
    `Expected a file with ${schema.component} of schema version ${schema.migrations.length}, found ` +
      (found.version === 0
        ? 'none. Choose another file.'
        : `version ${found.version}. Open it once for writing.`),
  );
};

/**
 * Brings the tables of a component to the newest version, in one transaction: an interrupted migration leaves the
 * file as it was. Throws `schema-too-new` or `foreign-file` and changes nothing then.
 */
export const migrate = (database: SqliteDatabase, schema: Schema): void => {
  const { component, migrations } = schema;
  const before = find(database, component);
  check(before, schema);
  if (before.version === migrations.length) return;
  writeTransactionOf(database)(() => {
    // Another process may have migrated the file since.
    const found = find(database, component);
    check(found, schema);
    database.exec(
      'CREATE TABLE IF NOT EXISTS mandate_schema (component TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT',
    );
    for (const migration of migrations.slice(found.version)) database.exec(migration);
    database
      .prepare(
        'INSERT INTO mandate_schema (component, version) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET version = ?2',
      )
      .run(component, migrations.length);
  });
};
