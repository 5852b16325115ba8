import type { Digest } from '@mandate/domain';
import { isRecord } from '@mandate/event-sourcing';
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

type Fields = Readonly<Record<string, unknown>>;

/** The object with exactly these fields: one more would look as if it had been signed, too. */
const exactly = (value: unknown, ...names: readonly string[]): Fields | undefined =>
  isRecord(value) &&
  Object.keys(value).length === names.length &&
  names.every((name) => Object.hasOwn(value, name))
    ? value
    : undefined;

/** Whether what is read here is what its canonical form says: no dates, no functions, nothing that is left out. */
const isPlainJson = (value: unknown): boolean => {
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (Array.isArray(value)) return value.every(isPlainJson);
  return isRecord(value) && typeof value['toJSON'] !== 'function' && Object.values(value).every(isPlainJson);
};

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

/** The bytes of a signature. Its last digit has bits that no byte uses, so only one of several texts counts. */
const signatureFrom = (text: unknown): Buffer | undefined => {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'base64') : undefined;
  return bytes?.length === 64 && bytes.toString('base64') === text ? bytes : undefined;
};

const isSigned = (contents: Fields, value: unknown, publicKey: KeyObject): boolean => {
  const signature = signatureFrom(value);
  return signature !== undefined && verify(null, bytesOf(contents), publicKey, signature);
};

interface Parts {
  readonly contents: Fields;
  readonly signature: Fields;
}

const partsOf = (certificate: unknown): Parts | undefined => {
  const envelope = exactly(certificate, 'contents', 'signature');
  const signature = exactly(envelope?.['signature'], 'algorithm', 'keyId', 'value');
  const contents = envelope?.['contents'];
  if (signature === undefined || !isRecord(contents)) return undefined;
  return isPlainJson(contents) ? { contents, signature } : undefined;
};

const verdictOn = (certificate: unknown, publicKey: KeyObject): CertificateVerification => {
  const parts = partsOf(certificate);
  if (parts === undefined) {
    return notGenuine('Expected a certificate with its contents and its signature, found something else.');
  }
  const { contents, signature } = parts;
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

/**
 * Checks a certificate offline, with the public key (Ed25519, PEM) alone. Whatever is handed in, the answer is
 * a verdict with a sentence, never an exception.
 */
export const verifyCertificate = (certificate: unknown, publicKeyPem: string): CertificateVerification => {
  const publicKey = publicKeyFrom(publicKeyPem);
  if (typeof publicKey === 'string') return notGenuine(publicKey);
  try {
    return verdictOn(certificate, publicKey);
  } catch {
    // A circle, or a field that throws when it is read.
    return notGenuine('Expected a certificate as plain JSON, found something that cannot be read as such.');
  }
};
