/**
 * - `sqlite-too-old`: the driver brings a SQLite that can damage files.
 * - `cannot-open`: the name is no file name, the folder is missing, or the file may not be opened.
 * - `no-write-ahead-log`: the file system does not allow it (a network drive, for instance).
 * - `foreign-file`: the file is something else than what was to be opened.
 * - `schema-too-new`: a newer version of this package has written the file.
 */
export type SqliteOpenErrorCode =
  'sqlite-too-old' | 'cannot-open' | 'no-write-ahead-log' | 'foreign-file' | 'schema-too-new';

/** A file that is not opened, because what would follow could do damage. Trying again does not help. */
export class SqliteOpenError extends Error {
  override readonly name = 'SqliteOpenError';
  readonly code: SqliteOpenErrorCode;

  constructor(code: SqliteOpenErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Tells this error from any other, also when two copies of this package are installed. */
export const isSqliteOpenError = (error: unknown): error is SqliteOpenError =>
  error instanceof Error && error.name === 'SqliteOpenError' && 'code' in error;
