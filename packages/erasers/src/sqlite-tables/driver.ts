import { DatabaseSync } from '@photostructure/sqlite';

type SqliteValue = null | number | string;

export interface SqliteStatement {
  run(...parameters: readonly SqliteValue[]): { readonly changes: number | bigint };
  get(...parameters: readonly SqliteValue[]): unknown;
  all(...parameters: readonly SqliteValue[]): readonly unknown[];
}

/** The little that the eraser needs of a SQLite driver: a part of the interface of `node:sqlite`. */
export interface SqliteDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
}

export type OpenSqliteDatabase = (file: string) => SqliteDatabase;

/** The default driver: binaries within the package, nothing to compile or to download. */
export const openSqliteDatabase: OpenSqliteDatabase = (file) => new DatabaseSync(file);

/** The primary result code of an error of SQLite (https://sqlite.org/rescode.html). */
export const resultCodeOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : undefined;

/** Runs work in a transaction that holds the write lock from its beginning: all of it happens, or nothing. */
export const inTransaction = <T>(database: SqliteDatabase, work: () => T): T => {
  try {
    // Within: a BEGIN that is said to have failed after the fact must not leave a transaction open.
    database.exec('BEGIN IMMEDIATE');
    const answer = work();
    database.exec('COMMIT');
    return answer;
  } catch (error) {
    try {
      database.exec('ROLLBACK');
    } catch {
      // There is nothing to take back: it never began, SQLite has rolled back by itself, or the commit had happened.
    }
    throw error;
  }
};
