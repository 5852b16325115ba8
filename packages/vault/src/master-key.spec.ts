import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { masterKeyFromBytes } from './master-key';
import { createMasterKeyFile, masterKeyFromFile } from './master-key-file';
import { masterKeyFromEnvironment } from './master-key-text';
import { isVaultError } from './vault-error';

const BYTES = Buffer.from('a'.repeat(16) + 'b'.repeat(16));
const CONTEXT = { level: 'contract', path: 'c1' } as const;

const messageOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
    return 'no error';
  } catch (error) {
    return isVaultError(error) ? `${error.code}: ${error.message}` : String(error);
  }
};

describe('a master key', () => {
  const secret = Buffer.from('a contract key');

  it('unwraps what it wrapped, for the same context only', async () => {
    const masterKey = masterKeyFromBytes(BYTES);
    const wrapped = await masterKey.wrap(secret, CONTEXT);
    expect(Buffer.from(await masterKey.unwrap(wrapped, CONTEXT))).toEqual(secret);
    expect(Buffer.from(wrapped).includes(secret)).toBe(false);
    for (const other of [
      { ...CONTEXT, path: 'c2' },
      { ...CONTEXT, level: 'recipient' as const },
    ]) {
      await expect(masterKey.unwrap(wrapped, other)).rejects.toMatchObject({ code: 'key-not-authentic' });
    }
    await expect(masterKey.unwrap(Buffer.alloc(5), CONTEXT)).rejects.toMatchObject({
      code: 'key-not-authentic',
    });
  });

  it('has an id that follows from its bytes and gives none of them away', () => {
    const { keyId } = masterKeyFromBytes(BYTES);
    expect(keyId).toMatch(/^local-[0-9a-f]{16}$/);
    expect(masterKeyFromBytes(Buffer.from(BYTES)).keyId).toBe(keyId);
    expect(masterKeyFromBytes(Buffer.from('b'.repeat(16) + 'a'.repeat(16))).keyId).not.toBe(keyId);
  });

  it('does not change when the bytes it was made from are zeroed', async () => {
    const bytes = Buffer.from(BYTES);
    const masterKey = masterKeyFromBytes(bytes);
    bytes.fill(0);
    expect(await masterKeyFromBytes(BYTES).unwrap(await masterKey.wrap(secret, CONTEXT), CONTEXT)).toEqual(
      secret,
    );
  });

  it.each([
    ['too short', Buffer.alloc(31, 7)],
    ['too long', Buffer.alloc(33, 7)],
    ['not random', Buffer.alloc(32)],
  ])('is refused when it is %s', async (_title, bytes) => {
    expect(await messageOf(() => masterKeyFromBytes(bytes))).toMatch(/^master-key-malformed: a master key /);
  });
});

describe('a master key in an environment variable', () => {
  const { keyId } = masterKeyFromBytes(BYTES);

  it.each([
    ['hexadecimal', BYTES.toString('hex')],
    ['upper-case hexadecimal', BYTES.toString('hex').toUpperCase()],
    ['base64', BYTES.toString('base64')],
    ['base64url without padding', BYTES.toString('base64url')],
    ['base64 with a line end', `${BYTES.toString('base64')}\n`],
  ])('may be written in %s', (_title, text) => {
    expect(masterKeyFromEnvironment('KEY', { KEY: text }).keyId).toBe(keyId);
  });

  it('is refused with a sentence that says what to do, and never with the value', async () => {
    const refusalOf = (text: string | undefined): Promise<string> =>
      messageOf(() => masterKeyFromEnvironment('KEY', { KEY: text }));
    expect(await refusalOf(undefined)).toMatch(
      /^master-key-missing: environment variable KEY must .* not set.* Set it/,
    );
    expect(await refusalOf(' ')).toMatch(
      /^master-key-missing: environment variable KEY must .* empty.* Set it/,
    );
    const malformed = await refusalOf('correct horse battery staple');
    expect(malformed).toMatch(
      /^master-key-malformed: environment variable KEY must hold 32 bytes .* found 28 char/,
    );
    expect(malformed).not.toContain('horse');
  });
});

describe('a master key in a file', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mandate-vault-'));
    path = join(folder, 'master.key');
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('is created for its owner only, and read again', async () => {
    const created = await createMasterKeyFile(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).toMatch(/^[A-Za-z0-9+/]{43}=\n$/);
    expect((await masterKeyFromFile(path)).keyId).toBe(created.keyId);
    expect(await readdir(folder)).toEqual(['master.key']);
  });

  it('is never overwritten: of many who create it at once, one succeeds', async () => {
    const attempts = await Promise.all(
      Array.from({ length: 8 }, () => messageOf(() => createMasterKeyFile(path))),
    );
    expect(attempts.filter((attempt) => attempt === 'no error')).toHaveLength(1);
    expect(attempts.filter((attempt) => attempt.startsWith('master-key-exists: '))).toHaveLength(7);
    expect(await readdir(folder)).toEqual(['master.key']);
    const before = await readFile(path);
    expect(await messageOf(() => createMasterKeyFile(path))).toContain(path);
    expect(await readFile(path)).toEqual(before);
  });

  it.each([0o640, 0o604, 0o644, 0o666, 0o660, 0o700, 0o601])('is refused with mode %i', async (mode) => {
    await createMasterKeyFile(path);
    await chmod(path, mode);
    const message = await messageOf(() => masterKeyFromFile(path));
    expect(message).toContain(`master-key-exposed: master key file ${path} must have mode 0600`);
    expect(message).toContain(`found 0${mode.toString(8)}`);
    expect(message).toContain(`chmod 600 ${path}`);
  });

  it('may be read-only for its owner', async () => {
    const { keyId } = await createMasterKeyFile(path);
    await chmod(path, 0o400);
    expect((await masterKeyFromFile(path)).keyId).toBe(keyId);
  });

  it('is judged by the file behind a symbolic link', async () => {
    await createMasterKeyFile(path);
    await chmod(path, 0o644);
    const link = join(folder, 'link.key');
    await symlink(path, link);
    expect(await messageOf(() => masterKeyFromFile(link))).toMatch(/^master-key-exposed/);
  });

  it('is refused when it is missing, malformed, too large or a folder', async () => {
    expect(await messageOf(() => masterKeyFromFile(path))).toMatch(
      /^master-key-missing: .* must exist.* createMasterKey/,
    );
    await writeFile(path, 'hello', { mode: 0o600 });
    expect(await messageOf(() => masterKeyFromFile(path))).toMatch(
      /^master-key-malformed: .* found 5 characters/,
    );
    await writeFile(path, 'A'.repeat(100_000));
    expect(await messageOf(() => masterKeyFromFile(path))).toMatch(/^master-key-malformed: /);
    await mkdir(join(folder, 'inner'));
    expect(await messageOf(() => masterKeyFromFile(join(folder, 'inner')))).toMatch(
      /^master-key-malformed: .* regular/,
    );
  });
});
