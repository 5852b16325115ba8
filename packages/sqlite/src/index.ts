export { openSqliteDatabase } from './driver';
export type { OpenSqliteDatabase, SqliteDatabase, SqliteStatement, SqliteValue } from './driver';
export type { Synchronous } from './database-file';
export { openSqliteEventStore } from './event-store/sqlite-event-store';
export type { SqliteEventStoreOptions } from './event-store/sqlite-event-store';
export { isSqliteOpenError, SqliteOpenError } from './sqlite-open-error';
export type { SqliteOpenErrorCode } from './sqlite-open-error';
export { openSqliteKeyStore } from './key-store/sqlite-key-store';
export type { SqliteKeyStoreOptions } from './key-store/sqlite-key-store';
