import type { SignedCertificate } from '@mandate/deletion';
import { isUuid } from '@mandate/event-sourcing';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { CertificateStore } from './certificate-store';
import { makeFolder, syncFolder, writeBeside } from '../folder/durable-folder';
import { isFileError } from '../folder/file-error';

/** Keeps certificates as files, `<contract id>.certificate.json`, each written whole or not at all. */
export const openCertificateFolder = async (folder: string): Promise<CertificateStore> => {
  await makeFolder(folder);
  const fileOf = (contractId: string): string => join(folder, `${contractId}.certificate.json`);

  return {
    put: async (certificate) => {
      const file = fileOf(certificate.contents.contractId);
      // Two processes may certify at once: each writes a file of its own and puts it in place whole.
      const part = await writeBeside(
        file,
        `${JSON.stringify(certificate, undefined, 2)}
`,
      );
      await rename(part, file);
      await syncFolder(folder);
    },
    get: async (contractId) => {
      if (!isUuid(contractId)) return undefined;
      try {
        return JSON.parse(await readFile(fileOf(contractId), 'utf8')) as SignedCertificate;
      } catch (error) {
        if (isFileError(error, 'ENOENT')) return undefined;
        throw error;
      }
    },
  };
};
