export { openPostgresKeyStore } from './key-store/postgres-key-store';
export type { PostgresKeyStoreOptions } from './key-store/postgres-key-store';
export { isPostgresOpenError, PostgresOpenError } from './postgres-open-error';
export type { PostgresOpenErrorCode } from './postgres-open-error';
export type { PostgresClient, PostgresConnection, PostgresPool, PostgresResult } from './postgres-pool';
