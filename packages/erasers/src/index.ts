export { sqliteTablesEraser } from './sqlite-tables/sqlite-tables-eraser';
export type { SqliteTablesEraserOptions } from './sqlite-tables/sqlite-tables-eraser';
export { isTableNotErasableError, TableNotErasableError } from './sqlite-tables/erasable-tables';
export type { ErasableTable } from './sqlite-tables/erasable-tables';
export { openSqliteDatabase } from './sqlite-tables/driver';
export type { OpenSqliteDatabase, SqliteDatabase, SqliteStatement } from './sqlite-tables/driver';
export { folderEraser } from './folder/folder-eraser';
export type { FolderEraserOptions, PathsOf } from './folder/folder-eraser';
export { signAcknowledgement } from './external-system/acknowledgement';
export type { ErasureAcknowledgement, ErasureStatement } from './external-system/acknowledgement';
export { httpEraser } from './external-system/http-eraser';
export type { HttpEraserOptions } from './external-system/http-eraser';
export {
  AttestationFileError,
  attestationFolder,
  isAttestationFileError,
} from './attestations/attestation-folder';
export type { AttestationFolderOptions } from './attestations/attestation-folder';
export type { Attestation, RecordedAttestation } from './attestations/attestation';
export type { AttestationOutcome, Attestations, AwaitedOrder } from './attestations/attestations';
export { manualEraser } from './attestations/manual-eraser';
export type { ManualEraserOptions } from './attestations/manual-eraser';
