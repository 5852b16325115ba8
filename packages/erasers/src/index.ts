export { sqliteTablesEraser } from './sqlite-tables/sqlite-tables-eraser';
export type { SqliteTablesEraserOptions } from './sqlite-tables/sqlite-tables-eraser';
export { isTableNotErasableError, TableNotErasableError } from './sqlite-tables/erasable-tables';
export type { ErasableTable } from './sqlite-tables/erasable-tables';
export type { OpenSqliteDatabase, SqliteDatabase, SqliteStatement } from './sqlite-tables/driver';
export { folderEraser } from './folder/folder-eraser';
export type { FolderEraserOptions, PathsOf } from './folder/folder-eraser';
