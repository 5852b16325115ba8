import type { Digest } from '@mandate/domain';
import { isRecord } from '@mandate/event-sourcing';
import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';

/** What somebody says, and his signature under it. */
export interface SignedDocument<Contents> {
  readonly contents: Contents;
  readonly signature: {
    readonly algorithm: 'Ed25519';
    /** SHA-256 of the public key (SPKI, DER) in hex. */
    readonly keyId: Digest;
    /** Over the contents in canonical JSON (RFC 8785), in base64. */
    readonly value: string;
  };
}

/** Whether a document is what the holder of the key signed. */
export type DocumentVerification =
  | { readonly verdict: 'genuine'; readonly keyId: Digest }
  | { readonly verdict: 'not-genuine'; readonly sentence: string };

const bytesOf = (contents: unknown): Buffer => Buffer.from(canonicalize(contents), 'utf8');

const sha256 = (bytes: Uint8Array): Digest => createHash('sha256').update(bytes).digest('hex') as Digest;

/** How a public key is named beside a signature: SHA-256 of its SPKI form (DER), in hex. */
export const signingKeyId = (publicKey: KeyObject): Digest =>
  sha256(publicKey.export({ type: 'spki', format: 'der' }));

/** SHA-256 of contents in canonical JSON (RFC 8785). */
export const documentDigest = (contents: object): Digest => sha256(bytesOf(contents));

/** Signs with Ed25519 (RFC 8032). The same contents and key give the same signature. */
export const signDocument = <Contents extends object>(
  contents: Contents,
  privateKey: KeyObject,
): SignedDocument<Contents> => ({
  contents,
  signature: {
    algorithm: 'Ed25519',
    keyId: signingKeyId(createPublicKey(privateKey)),
    value: sign(null, bytesOf(contents), privateKey).toString('base64'),
  },
});

const notGenuine = (sentence: string): DocumentVerification => ({ verdict: 'not-genuine', sentence });

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

const partsOf = (document: unknown): Parts | undefined => {
  const envelope = exactly(document, 'contents', 'signature');
  const signature = exactly(envelope?.['signature'], 'algorithm', 'keyId', 'value');
  const contents = envelope?.['contents'];
  if (signature === undefined || !isRecord(contents)) return undefined;
  return isPlainJson(contents) ? { contents, signature } : undefined;
};

/** What a document says it is: the first thing that is read of it, and signed like the rest. */
export interface DocumentKind {
  /** In sentences: `certificate`. */
  readonly name: string;
  /** Its field `format`: `mandate-deletion-certificate/1`. */
  readonly format: string;
}

const verdictOn = (document: unknown, publicKey: KeyObject, kind: DocumentKind): DocumentVerification => {
  const { name, format } = kind;
  const parts = partsOf(document);
  if (parts === undefined) {
    return notGenuine(`Expected a ${name} with its contents and its signature, found something else.`);
  }
  const { contents, signature } = parts;
  if (contents['format'] !== format || signature['algorithm'] !== 'Ed25519') {
    return notGenuine(`Expected a ${name} of format ${format}, signed with Ed25519.`);
  }
  const keyId = signingKeyId(publicKey);
  if (signature['keyId'] !== keyId) {
    return notGenuine(`The ${name} was signed with another key. Ask for the key that its keyId names.`);
  }
  return isSigned(contents, signature['value'], publicKey)
    ? { verdict: 'genuine', keyId }
    : notGenuine(`The signature does not fit the contents: the ${name} was changed after it was signed.`);
};

/**
 * Checks a signed document with the public key (Ed25519, PEM) alone. Whatever is handed in, the answer is a verdict
 * with a sentence, never an exception.
 */
export const verifyDocument = (
  document: unknown,
  publicKeyPem: string,
  kind: DocumentKind,
): DocumentVerification => {
  const publicKey = publicKeyFrom(publicKeyPem);
  if (typeof publicKey === 'string') return notGenuine(publicKey);
  try {
    return verdictOn(document, publicKey, kind);
  } catch {
    // A circle, or a field that throws when it is read.
    return notGenuine(`Expected a ${kind.name} as plain JSON, found something that cannot be read as such.`);
  }
};
