import type { Digest } from '@mandate/domain';
import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import type { CertificateContents, SignedCertificate } from './certificate';

const bytesOf = (contents: unknown): Buffer => Buffer.from(canonicalize(contents), 'utf8');

const sha256 = (bytes: Uint8Array): Digest => createHash('sha256').update(bytes).digest('hex') as Digest;

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

type Part = Readonly<Record<string, unknown>> | undefined;

const partsOf = (certificate: unknown): readonly [contents: Part, signature: Part] => {
  const partOf = (name: string): Part => {
    const part = isRecord(certificate) ? certificate[name] : undefined;
    return isRecord(part) ? part : undefined;
  };
  return [partOf('contents'), partOf('signature')];
};

const base64 = /^[A-Za-z0-9+/]{86}==$/;

/** The key, or a sentence that says what was found in its place. */
const publicKeyFrom = (pem: string): KeyObject | string => {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519'
      ? key
      : `Expected an Ed25519 key, found one of type ${key.asymmetricKeyType ?? 'unknown'}.`;
  } catch {
    return 'Expected a public key in PEM form, found something else.';
  }
};

const isSigned = (contents: unknown, value: unknown, publicKey: KeyObject): boolean =>
  typeof value === 'string' &&
  base64.test(value) &&
  verify(null, bytesOf(contents), publicKey, Buffer.from(value, 'base64'));

/**
 * Checks a certificate offline, with the public key (Ed25519, PEM) alone. Whatever is handed in, the answer is
 * a verdict with a sentence, never an exception.
 */
export const verifyCertificate = (certificate: unknown, publicKeyPem: string): CertificateVerification => {
  const publicKey = publicKeyFrom(publicKeyPem);
  if (typeof publicKey === 'string') return notGenuine(publicKey);
  const [contents, signature] = partsOf(certificate);
  if (contents === undefined || signature === undefined) {
    return notGenuine('Expected a certificate with its contents and its signature, found something else.');
  }
  if (contents['format'] !== 'mandate-deletion-certificate/1' || signature['algorithm'] !== 'Ed25519') {
    return notGenuine(
      'Expected a certificate of format mandate-deletion-certificate/1, signed with Ed25519.',
    );
  }
  const keyId = signingKeyId(publicKey);
  if (signature['keyId'] !== keyId) {
    return notGenuine('The certificate was signed with another key. Ask for the key that its keyId names.');
  }
  return isSigned(contents, signature['value'], publicKey)
    ? { verdict: 'genuine', keyId }
    : notGenuine('The signature does not fit the contents: the certificate was changed after it was signed.');
};
