import type { Digest } from '@mandate/domain';
import type { KeyObject } from 'node:crypto';
import type { CertificateContents, SignedCertificate } from './certificate';
import { documentDigest, signDocument, verifyDocument, type DocumentVerification } from './signed-document';

/** SHA-256 of a certificate's contents in canonical JSON (RFC 8785); the closed contract's history holds it. */
export const certificateDigest = (contents: CertificateContents): Digest => documentDigest(contents);

/** Signs a certificate with Ed25519 (RFC 8032). The same contents and key give the same signature. */
export const signCertificate = (contents: CertificateContents, privateKey: KeyObject): SignedCertificate =>
  signDocument(contents, privateKey);

/** Whether a certificate is what the holder of the key signed. */
export type CertificateVerification = DocumentVerification;

/**
 * Checks a certificate offline, with the public key (Ed25519, PEM) alone. Whatever is handed in, the answer is
 * a verdict with a sentence, never an exception.
 */
export const verifyCertificate = (certificate: unknown, publicKeyPem: string): CertificateVerification =>
  verifyDocument(certificate, publicKeyPem, {
    name: 'certificate',
    format: 'mandate-deletion-certificate/1',
  });
