import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, open, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { MasterKey } from './master-key';
import { masterKeyFromText } from './master-key-text';
import { VaultError } from './vault-error';

const OWNER_ONLY = 0o600;
const BEYOND_OWNER_READ_WRITE = 0o177;
const PERMISSIONS = 0o777;
const FILE_BYTES_MAX = 1024;

/**
 * The master key from a file that only its owner can read: 32 bytes as hex or base64. Keep the file apart from the key
 * store and from its backups; who has both can read everything, also what was erased and survives in a backup.
 *
 * Permissions are not checked on Windows, which has none of this kind.
 *
 * @throws VaultError `master-key-missing`; `master-key-exposed` when others than the owner have any access;
 * `master-key-malformed`. Each names the path, what was expected, what was found, and what to do.
 */
export const masterKeyFromFile = async (path: string): Promise<MasterKey> => {
  const file = await openForReading(path);
  try {
    // The opened file is examined, not the path: between two looks at a path the file may change.
    await assertOwnerOnly(file, path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FILE_BYTES_MAX), 0, FILE_BYTES_MAX, 0);
    const text = buffer.toString('latin1', 0, bytesRead);
    buffer.fill(0);
    return masterKeyFromText(text, `master key file ${path}`);
  } finally {
    await file.close();
  }
};

/**
 * Writes 32 random bytes as base64 into a new file with mode 0600, and gives the master key. The file appears complete
 * or not at all, and is on the disk when the promise resolves. An existing file is never touched.
 *
 * @throws VaultError `master-key-exists`.
 */
export const createMasterKeyFile = async (path: string): Promise<MasterKey> => {
  const temporary = `${path}.${randomBytes(8).toString('hex')}.new`;
  try {
    await writeDurably(temporary, `${randomBytes(32).toString('base64')}\n`);
    // A link, unlike a rename, fails when the target exists.
    await link(temporary, path);
  } catch (error) {
    throw isSystemError(error, 'EEXIST') ? exists(path, error) : error;
  } finally {
    await unlink(temporary).catch(ignoreMissing);
  }
  await syncFolder(dirname(path));
  return masterKeyFromFile(path);
};

const openForReading = async (path: string): Promise<FileHandle> => {
  try {
    return await open(path, constants.O_RDONLY);
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error;
    throw new VaultError(
      'master-key-missing',
      `master key file ${path} must exist; found nothing there. Write one with createMasterKeyFile, once, and keep it safe.`,
      { cause: error },
    );
  }
};

const assertOwnerOnly = async (file: FileHandle, path: string): Promise<void> => {
  const status = await file.stat();
  if (!status.isFile()) {
    throw new VaultError(
      'master-key-malformed',
      `master key file ${path} must be a regular file; found something else. Give the path of the file itself.`,
    );
  }
  if (process.platform === 'win32' || (status.mode & BEYOND_OWNER_READ_WRITE) === 0) return;
  throw new VaultError(
    'master-key-exposed',
    `master key file ${path} must have mode 0600 (read and write for its owner only); ` +
      `found ${octal(status.mode & PERMISSIONS)}. Run: chmod 600 ${path} - and consider the key known to others.`,
  );
};

const octal = (mode: number): string => mode.toString(8).padStart(4, '0');

const writeDurably = async (path: string, text: string): Promise<void> => {
  const file = await open(path, 'wx', OWNER_ONLY);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
};

const syncFolder = async (path: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const exists = (path: string, cause: unknown): VaultError =>
  new VaultError(
    'master-key-exists',
    `master key file ${path} must not exist yet; found one. Use masterKeyFromFile to read it; ` +
      'replacing it would make every key under it unreadable.',
    { cause },
  );

const ignoreMissing = (error: unknown): void => {
  if (!isSystemError(error, 'ENOENT')) throw error;
};

const isSystemError = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;
