import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './durable-folder';

/** The file of the signing key cannot be used; the sentence says why and what to do. */
export class SigningKeyError extends Error {
  override readonly name = 'SigningKeyError';
  readonly code = 'signing-key-unusable';
}

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

const create = async (file: string): Promise<void> => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const handle = await open(`${file}.part`, 'w', 0o600);
  try {
    await handle.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.part`, file);
  await syncFolder(dirname(file));
};

/** The signing key in a file that only its owner may read; made on first use. Throws a `SigningKeyError`. */
export const signingKeyFromFile = async (file: string): Promise<KeyObject> => {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) await create(file);
  else if ((found.mode & 0o077) !== 0) {
    const mode = (found.mode & 0o777).toString(8);
    throw new SigningKeyError(
      `Expected the signing key ${file} to be readable by its owner only (mode 600), found mode ${mode}. ` +
        `Others may have read it: make a new one, or chmod 600 it if you are sure.`,
    );
  }
  return signingKeyFromPem(await readFile(file, 'utf8'));
};
