import type { Digest } from '@mandate/domain';
import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import type { CertificateContents, SignedCertificate } from './certificate';

const bytesOf = (contents: unknown): Buffer => Buffer.from(canonicalize(contents), 'utf8');

const sha256 = (bytes: Uint8Array): Digest =>
  createHash('sha256').update(bytes).digest('hex') as string as Digest;

/** How a public key is named on a certificate: SHA-256 of its SPKI form (DER), in hex. */
export const signingKeyId = (publicKey: KeyObject): Digest =>
  sha256(publicKey.export({ type: 'spki', format: 'der' }));

/** SHA-256 of a certificate's contents in canonical JSON (RFC 8785); the closed contract's history holds it. */
export const certificateDigest = (contents: CertificateContents): Digest => sha256(bytesOf(contents));

/** Signs a certificate with Ed25519 (RFC 8032). The same contents and key give the same signature. */
export const signCertificate = (contents: CertificateContents, privateKey: KeyObject): SignedCertificate => ({
  contents,
  signature: {
    algorithm: 'Ed25519',
    keyId: signingKeyId(createPublicKey(privateKey)),
    value: sign(null, bytesOf(contents), privateKey).toString('base64'),
  },
});

/** Whether a certificate is what the holder of the key signed. */
export type CertificateVerification =
  | { readonly verdict: 'genuine'; readonly keyId: Digest }
  | { readonly verdict: 'not-genuine'; readonly sentence: string };

const notGenuine = (sentence: string): CertificateVerification => ({ verdict: 'not-genuine', sentence });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const base64 = /^[A-Za-z0-9+/]{86}==$/;

/**
 * Checks a certificate offline, with the public key (Ed25519, PEM) alone. Whatever is handed in, the answer is
 * a verdict with a sentence, never an exception.
 */
export const verifyCertificate = (certificate: unknown, publicKeyPem: string): CertificateVerification => {
  let publicKey: KeyObject;
  try {
    publicKey = createPublicKey(publicKeyPem);
  } catch {
    return notGenuine('Expected a public key in PEM form, found something else.');
  }
  if (publicKey.asymmetricKeyType !== 'ed25519') {
    return notGenuine(
      `Expected an Ed25519 key, found one of type ${publicKey.asymmetricKeyType ?? 'unknown'}.`,
    );
  }
  if (!isRecord(certificate) || !isRecord(certificate['contents']) || !isRecord(certificate['signature'])) {
    return notGenuine('Expected a certificate with its contents and its signature, found something else.');
  }
  const { contents, signature } = certificate;
  if (contents['format'] !== 'mandate-deletion-certificate/1' || signature['algorithm'] !== 'Ed25519') {
    return notGenuine(
      'Expected a certificate of format mandate-deletion-certificate/1, signed with Ed25519.',
    );
  }
  const keyId = signingKeyId(publicKey);
  if (signature['keyId'] !== keyId) {
    return notGenuine('The certificate was signed with another key. Ask for the key that its keyId names.');
  }
  const value = signature['value'];
  const isSigned =
    typeof value === 'string' &&
    base64.test(value) &&
    verify(null, bytesOf(contents), publicKey, Buffer.from(value, 'base64'));
  return isSigned
    ? { verdict: 'genuine', keyId }
    : notGenuine('The signature does not fit the contents: the certificate was changed after it was signed.');
};
