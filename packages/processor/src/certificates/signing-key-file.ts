import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { link, readFile, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder, writeBeside } from '../folder/durable-folder';
import { isFileError } from '../folder/file-error';

/** The file of the signing key cannot be used; the sentence says why and what to do. */
export class SigningKeyError extends Error {
  override readonly name = 'SigningKeyError';
  readonly code = 'signing-key-unusable';
}

/** Tells this error from any other, also when two copies of this package are installed. */
export const isSigningKeyError = (error: unknown): error is SigningKeyError =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'signing-key-unusable';

/** Reads an Ed25519 private key from PEM. Throws a `SigningKeyError`. */
export const signingKeyFromPem = (pem: string): KeyObject => {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(pem);
  } catch {
    key = undefined;
  }
  if (key?.asymmetricKeyType !== 'ed25519') {
    throw new SigningKeyError(
      'Expected an Ed25519 private key in PEM form (PKCS #8), found something else. ' +
        'Make one with: openssl genpkey -algorithm ed25519',
    );
  }
  return key;
};

/** Makes a key, whole or not at all; when somebody else made one at the same moment, theirs stays. */
const create = async (file: string): Promise<void> => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const part = await writeBeside(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600);
  try {
    await link(part, file);
  } catch (error) {
    if (!isFileError(error, 'EEXIST')) throw error;
  } finally {
    await unlink(part);
  }
  await syncFolder(dirname(file));
};

const modeOf = async (file: string): Promise<number | undefined> => {
  try {
    return (await stat(file)).mode;
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return undefined;
    throw error;
  }
};

/** The signing key in a file that only its owner may read; made on first use. Throws a `SigningKeyError`. */
export const signingKeyFromFile = async (file: string): Promise<KeyObject> => {
  const mode = await modeOf(file);
  if (mode === undefined) await create(file);
  else if ((mode & 0o077) !== 0) {
    const found = (mode & 0o777).toString(8);
    throw new SigningKeyError(
      `Expected the signing key ${file} to be readable by its owner only (mode 600), found mode ${found}. ` +
        `Others may have read it: make a new one, or chmod 600 it if you are sure.`,
    );
  }
  return signingKeyFromPem(await readFile(file, 'utf8'));
};
