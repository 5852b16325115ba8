export { openPostgresKeyStore } from './key-store/postgres-key-store';
export type { PostgresKeyStoreOptions } from './key-store/postgres-key-store';
export { isPostgresOpenError, PostgresOpenError } from './postgres-open-error';
export type { PostgresOpenErrorCode } from './postgres-open-error';
export type { PostgresClient, PostgresConnection, PostgresPool, PostgresResult } from './postgres-pool';
export type { ErasableTable } from './tables-eraser/erasable-table';
export type { PostgresErasureFailure } from './tables-eraser/erasure-failure';
export { postgresTablesEraser } from './tables-eraser/postgres-tables-eraser';
export type { PostgresTablesEraserOptions } from './tables-eraser/postgres-tables-eraser';
