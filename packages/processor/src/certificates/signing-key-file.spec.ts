import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isSigningKeyError, signingKeyFromFile, signingKeyFromPem } from './signing-key-file';
import { testSigningKey } from '../testing/a-processor';
import { inTemporaryFolder } from '../testing/temporary-folder';

const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

const caught = async (work: () => unknown): Promise<Error> => {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('expected an error');
};

describe('the file of the signing key', () => {
  it('is made on first use, for its owner only, and read from then on', async () => {
    await inTemporaryFolder(async (folder) => {
      const file = join(folder, 'signing-key.pem');
      const first = await signingKeyFromFile(file);
      expect(first.asymmetricKeyType).toBe('ed25519');
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect(pemOf(await signingKeyFromFile(file))).toBe(pemOf(first));
      expect(await readdir(folder)).toEqual(['signing-key.pem']);
    });
  });

  it('is made once, when several processes start at the same moment', async () => {
    await inTemporaryFolder(async (folder) => {
      const file = join(folder, 'signing-key.pem');
      const keys = await Promise.all(Array.from({ length: 8 }, () => signingKeyFromFile(file)));
      expect(new Set(keys.map(pemOf)).size).toBe(1);
      expect(await readFile(file, 'utf8')).toBe(pemOf(keys[0]!));
      expect(await readdir(folder)).toEqual(['signing-key.pem']);
    });
  });

  it('is refused when others may read or write it', async () => {
    await inTemporaryFolder(async (folder) => {
      const file = join(folder, 'signing-key.pem');
      await signingKeyFromFile(file);
      for (const mode of [0o640, 0o604, 0o620, 0o666]) {
        await chmod(file, mode);
        const error = await caught(() => signingKeyFromFile(file));
        expect(isSigningKeyError(error)).toBe(true);
        expect(error.message).toContain(`found mode ${mode.toString(8)}`);
      }
      await chmod(file, 0o400);
      expect((await signingKeyFromFile(file)).asymmetricKeyType).toBe('ed25519');
    });
  });

  it('is never replaced because it cannot be read', async () => {
    await inTemporaryFolder(async (folder) => {
      const file = join(folder, 'signing-key.pem');
      await mkdir(file, { mode: 0o700 });
      await expect(signingKeyFromFile(file)).rejects.toMatchObject({ code: 'EISDIR' });
      await writeFile(join(folder, 'no-folder'), '');
      await expect(signingKeyFromFile(join(folder, 'no-folder', 'key.pem'))).rejects.toMatchObject({
        code: 'ENOTDIR',
      });
    });
  });
});

describe('a signing key', () => {
  it('is an Ed25519 private key in PEM', () => {
    expect(pemOf(signingKeyFromPem(testSigningKey))).toBe(testSigningKey);
  });

  it('that is something else is refused without repeating it', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const publicKey = generateKeyPairSync('ed25519')
      .publicKey.export({ type: 'spki', format: 'pem' })
      .toString();
    for (const pem of [pemOf(rsa), publicKey, 'anna@example.com', '', testSigningKey.slice(0, 60)]) {
      const error = await caught(() => signingKeyFromPem(pem));
      expect(isSigningKeyError(error)).toBe(true);
      expect(error.message).toMatch(/Expected an Ed25519 private key in PEM form \(PKCS #8\)/);
      expect(error.message).not.toContain('anna');
    }
    expect(isSigningKeyError(new Error('other'))).toBe(false);
    expect(isSigningKeyError(undefined)).toBe(false);
  });
});
