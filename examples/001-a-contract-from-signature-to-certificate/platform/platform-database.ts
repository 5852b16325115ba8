import { openSqliteDatabase, type SqliteDatabase, type SqliteValue } from '@mandate/sqlite';

/** A SQLite file of the platform's own, in which deleted bytes do not stay behind. */
export interface PlatformDatabase {
  readonly run: (sql: string, ...parameters: readonly SqliteValue[]) => void;
  readonly get: (
    sql: string,
    ...parameters: readonly SqliteValue[]
  ) => Readonly<Record<string, unknown>> | undefined;
  readonly inTransaction: <T>(work: () => T) => T;
  /** Cuts the write-ahead log to nothing: what was overwritten is in neither file then. `false`: not possible now. */
  readonly truncateLog: () => boolean;
  readonly close: () => void;
}

type Statement = ReturnType<SqliteDatabase['prepare']>;

/** Receipts stay where the data was: they are written in the transaction that deletes it. */
const erasuresTable =
  'CREATE TABLE IF NOT EXISTS erasures (idempotency_key TEXT PRIMARY KEY, receipt TEXT NOT NULL) STRICT';

const configure = (database: SqliteDatabase, schema: string): void => {
  database.exec('PRAGMA busy_timeout = 5000');
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  // Deleted rows are overwritten with zeros.
  database.exec('PRAGMA secure_delete = ON');
  database.exec('PRAGMA temp_store = MEMORY');
  database.exec(schema);
  database.exec(erasuresTable);
};

const transactionOf =
  (database: SqliteDatabase): PlatformDatabase['inTransaction'] =>
  (work) => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };

/** Opens a file, or creates it with a schema of `CREATE … IF NOT EXISTS`. */
export const openPlatformDatabase = (path: string, schema: string): PlatformDatabase => {
  const database = openSqliteDatabase(path);
  configure(database, schema);
  const statements = new Map<string, Statement>();
  const prepared = (sql: string): Statement => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    run: (sql, ...parameters) => void prepared(sql).run(...parameters),
    get: (sql, ...parameters) =>
      prepared(sql).get(...parameters) as Readonly<Record<string, unknown>> | undefined,
    inTransaction: transactionOf(database),
    truncateLog: () => {
      const answer = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { readonly busy: number };
      return answer.busy === 0;
    },
    close: () => database.close(),
  };
};
