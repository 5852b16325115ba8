export type {
  CertificateContents,
  CertificateDraft,
  CertifiedDataSet,
  CertifiedStore,
  KnownLimit,
  SignedCertificate,
} from './certificate';
export { certificateDraft } from './certificate-draft';
export { certificateContents } from './certificate-contents';
export type { CertificateCompletion } from './certificate-contents';
export { certificateDigest, signCertificate, verifyCertificate } from './certificate-signature';
export type { CertificateVerification } from './certificate-signature';
export type { Deletion } from './effect';
export type { ErasureOrder, ErasureOutcome, StoreEraser } from './eraser';
export type { DeletionEvent } from './events';
export { historyDigest } from './history-digest';
export { documentDigest, signDocument, signingKeyId, verifyDocument } from './signed-document';
export type { DocumentKind, DocumentVerification, SignedDocument } from './signed-document';
export { deletionProcess } from './process';
export { deletionStanding } from './standing';
export type { DataSetStanding, DeletionStanding, WaitsFor } from './standing';
export { policyBefore } from './state';
export type { DataSetProgress, DeletionCase, DeletionState } from './state';
