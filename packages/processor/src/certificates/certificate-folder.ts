import type { SignedCertificate } from '@mandate/deletion';
import { isUuid } from '@mandate/event-sourcing';
import { createHash } from 'node:crypto';
import { link, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { CertificateStore } from './certificate-store';
import { makeFolder, syncFolder, writeBeside } from '../folder/durable-folder';
import { isFileError } from '../folder/file-error';

const textOf = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return undefined;
    throw error;
  }
};

/** Leaves what a file holds under a second name as well, which says by its digest what it is. */
const keepEarlier = async (file: string, text: string): Promise<void> => {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  try {
    await link(file, file.replace(/json$/, `earlier-${digest}.json`));
  } catch (error) {
    // Kept by an attempt before a crash.
    if (!isFileError(error, 'EEXIST')) throw error;
  }
};

/**
 * Keeps certificates as files, `<contract id>.certificate.json`, each written whole or not at all. When a later one
 * takes the place of another, that stays beside it: it may be in a customer's hands already.
 */
export const openCertificateFolder = async (folder: string): Promise<CertificateStore> => {
  await makeFolder(folder);
  const fileOf = (contractId: string): string => join(folder, `${contractId}.certificate.json`);

  return {
    put: async (certificate) => {
      const file = fileOf(certificate.contents.contractId);
      const text = `${JSON.stringify(certificate, undefined, 2)}\n`;
      const earlier = await textOf(file);
      if (earlier === text) return;
      if (earlier !== undefined) await keepEarlier(file, earlier);
      // Two processes may certify at once: each writes a file of its own and puts it in place whole.
      const part = await writeBeside(file, text);
      await rename(part, file);
      await syncFolder(folder);
    },
    get: async (contractId) => {
      if (!isUuid(contractId)) return undefined;
      const text = await textOf(fileOf(contractId));
      return text === undefined ? undefined : (JSON.parse(text) as SignedCertificate);
    },
  };
};
