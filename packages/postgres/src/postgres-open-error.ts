/**
 * - `foreign-schema`: the schema holds tables of another program, or of another part of this package.
 * - `schema-too-new`: a newer release has made or changed the tables.
 * - `server-unfit`: the server is a standby, or older than PostgreSQL 14.
 */
export type PostgresOpenErrorCode = 'foreign-schema' | 'schema-too-new' | 'server-unfit';

/** A database that must not be used as it is. The message says what to do. */
export class PostgresOpenError extends Error {
  override readonly name = 'PostgresOpenError';
  readonly code: PostgresOpenErrorCode;

  constructor(code: PostgresOpenErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Tests the name instead of `instanceof`, so that two installed copies of the package agree. */
export const isPostgresOpenError = (error: unknown): error is PostgresOpenError =>
  error instanceof Error && error.name === 'PostgresOpenError';
