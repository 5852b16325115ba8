import { DatabaseSync, type StatementSyncInstance } from '@photostructure/sqlite';
import { sqliteCode } from './sqlite-code';

/** What SQLite can store in a cell, of what this package stores. */
export type SqliteValue = null | number | string | Uint8Array;

export interface SqliteStatement {
  run(...parameters: readonly SqliteValue[]): {
    /** How many rows were inserted, changed or deleted. */
    readonly changes: number | bigint;
    readonly lastInsertRowid: number | bigint;
  };
  /** The first row, or `undefined`; the statement is reset afterwards, so that it holds no lock. */
  get(...parameters: readonly SqliteValue[]): unknown;
  all(...parameters: readonly SqliteValue[]): readonly unknown[];
}

/**
 * The little that this package needs of a SQLite driver, so that another one can take the place of the default. It is
 * a part of the `node:sqlite` interface. Errors of SQLite carry its extended result code as a number, `errcode`.
 */
export interface SqliteDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
}

/** Opens a file, or creates an empty one; `:memory:` is a database that ends with its connection. */
export type OpenSqliteDatabase = (file: string) => SqliteDatabase;

/** `all` of the default driver tells what went wrong in words only (`sqlite3_errstr`), not by its code. */
const codesByMessage: ReadonlyMap<string, number> = new Map([
  ['database is locked', sqliteCode.busy],
  ['database table is locked', sqliteCode.locked],
  ['attempt to write a readonly database', sqliteCode.readOnly],
  ['disk I/O error', sqliteCode.inputOutput],
  ['database disk image is malformed', sqliteCode.corrupt],
  ['database or disk is full', sqliteCode.full],
  ['unable to open database file', sqliteCode.cannotOpen],
  ['file is not a database', sqliteCode.notADatabase],
]);

const withCode = (error: unknown): unknown => {
  if (typeof error !== 'object' || error === null || 'errcode' in error || !('message' in error))
    return error;
  const errcode = codesByMessage.get(String(error.message));
  return errcode === undefined ? error : Object.assign(error, { errcode });
};

const asStatement = (statement: StatementSyncInstance): SqliteStatement => ({
  run: (...parameters) => statement.run(...parameters),
  get: (...parameters): unknown => statement.get(...parameters),
  all: (...parameters) => {
    try {
      return statement.all(...parameters) as readonly unknown[];
    } catch (error) {
      throw withCode(error);
    }
  },
});

/** The native module frees a database that nobody holds any more, though its statements are still in use. */
const databaseOf = new WeakMap<SqliteStatement, SqliteDatabase>();

/**
 * The default driver: binaries within the package, nothing to compile or to download. After `close` it keeps the file
 * open until the garbage collector has taken the last statement; it holds no lock then.
 */
export const openSqliteDatabase: OpenSqliteDatabase = (file) => databaseOn(new DatabaseSync(file));

/** The default driver on a file that is never changed, nor created. */
export const openSqliteDatabaseToRead: OpenSqliteDatabase = (file) =>
  databaseOn(new DatabaseSync(file, { readOnly: true }));

const databaseOn = (native: InstanceType<typeof DatabaseSync>): SqliteDatabase => {
  const database: SqliteDatabase = {
    exec: (sql) => {
      native.exec(sql);
    },
    prepare: (sql) => {
      const statement = asStatement(native.prepare(sql));
      databaseOf.set(statement, database);
      return statement;
    },
    close: () => {
      native.close();
    },
  };
  return database;
};
