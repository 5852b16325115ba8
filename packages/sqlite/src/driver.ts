import { DatabaseSync } from '@photostructure/sqlite';

/** What SQLite can store in a cell, of what this package stores. */
export type SqliteValue = null | number | string | Uint8Array;

export interface SqliteStatement {
  run(...parameters: readonly SqliteValue[]): { readonly lastInsertRowid: number | bigint };
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

/** The default driver: binaries within the package, nothing to compile or to download. */
export const openSqliteDatabase: OpenSqliteDatabase = (file) => new DatabaseSync(file);
