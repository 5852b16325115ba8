import { describe, expect, it } from '@jest/globals';
import type { SignedCertificate } from '@mandate/deletion';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCertificateFolder } from './certificate-folder';
import { createInMemoryCertificateStore, type CertificateStore } from './certificate-store';
import { aServiceAtItsEnd } from '../testing/a-service';
import { ids } from '../testing/a-story';
import { inTemporaryFolder } from '../testing/temporary-folder';

const aCertificate = async (): Promise<SignedCertificate> => {
  const { processor } = await aServiceAtItsEnd();
  await processor.deletions.run();
  const certificate = await processor.deletions.certificate(ids.contract);
  if (certificate === undefined) throw new Error('expected a certificate');
  return certificate;
};

const issuedAt = (certificate: SignedCertificate, instant: string): SignedCertificate => ({
  ...certificate,
  contents: { ...certificate.contents, issuedAt: instant as SignedCertificate['contents']['issuedAt'] },
});

const stores: readonly (readonly [string, (folder: string) => Promise<CertificateStore>])[] = [
  ['in a folder', openCertificateFolder],
  ['in memory', () => Promise.resolve(createInMemoryCertificateStore())],
];

describe.each(stores)('certificates that are kept %s', (_name, open) => {
  it('are given back as they were, by the id of their contract', async () => {
    await inTemporaryFolder(async (folder) => {
      const store = await open(folder);
      const certificate = await aCertificate();
      expect(await store.get(ids.contract)).toBeUndefined();
      await store.put(certificate);
      await store.put(certificate);
      expect(await store.get(ids.contract)).toEqual(certificate);
      expect(await store.get(ids.controller)).toBeUndefined();
    });
  });

  it('give way to a later one of the same contract', async () => {
    await inTemporaryFolder(async (folder) => {
      const store = await open(folder);
      const later = issuedAt(await aCertificate(), '2026-05-01T00:00:00.000Z');
      await store.put(await aCertificate());
      await store.put(later);
      expect(await store.get(ids.contract)).toEqual(later);
    });
  });

  it('are not looked for where no contract is', async () => {
    await inTemporaryFolder(async (folder) => {
      const store = await open(join(folder, 'certificates'));
      await writeFile(join(folder, 'secret.certificate.json'), '{}');
      for (const id of ['../secret', 'anna@example.com', '', '..'])
        expect(await store.get(id)).toBeUndefined();
    });
  });
});

describe('a folder of certificates', () => {
  it('is for its owner only, and made with the folders above it', async () => {
    await inTemporaryFolder(async (folder) => {
      const own = join(folder, 'a', 'b');
      await openCertificateFolder(own);
      expect((await stat(own)).mode & 0o777).toBe(0o700);
    });
  });

  it('keeps an earlier certificate beside the later one, once', async () => {
    await inTemporaryFolder(async (folder) => {
      const store = await openCertificateFolder(folder);
      const first = await aCertificate();
      const later = issuedAt(first, '2026-05-01T00:00:00.000Z');
      for (const certificate of [first, first, later, later]) await store.put(certificate);
      const others = (await readdir(folder)).filter((file) => file.includes('earlier'));
      expect(others).toHaveLength(1);
      expect(JSON.parse(await readFile(join(folder, others[0] ?? ''), 'utf8'))).toEqual(first);
      expect(await store.get(ids.contract)).toEqual(later);
    });
  });

  it('holds whole files only: what a crash leaves behind is not taken for a certificate', async () => {
    await inTemporaryFolder(async (folder) => {
      const store = await openCertificateFolder(folder);
      const file = `${ids.contract}.certificate.json`;
      await writeFile(join(folder, `${file}.x.part`), '{"contents": {"half');
      expect(await store.get(ids.contract)).toBeUndefined();
      await store.put(await aCertificate());
      expect((await readdir(folder)).toSorted()).toEqual([file, `${file}.x.part`]);
      expect(JSON.parse(await readFile(join(folder, file), 'utf8'))).toEqual(await aCertificate());
    });
  });

  it('holds one whole certificate when several processes write at the same moment', async () => {
    await inTemporaryFolder(async (folder) => {
      const certificate = await aCertificate();
      const stores = await Promise.all(Array.from({ length: 8 }, () => openCertificateFolder(folder)));
      await Promise.all(stores.map((store) => store.put(certificate)));
      expect(await stores[0]?.get(ids.contract)).toEqual(certificate);
      expect(await readdir(folder)).toHaveLength(1);
    });
  });

  it('keeps the old certificate as long as the new one is not there as a whole', async () => {
    await inTemporaryFolder(async (folder) => {
      const store = await openCertificateFolder(folder);
      const first = await aCertificate();
      await store.put(first);
      // A certificate that cannot be written stands for a process that dies while it writes.
      const unwritable = { ...first, contents: { ...first.contents, recipients: 1n } };
      await expect(store.put(unwritable as SignedCertificate)).rejects.toThrow();
      expect(await store.get(ids.contract)).toEqual(first);
    });
  });

  it('that cannot be read says so, instead of telling of no certificate', async () => {
    await inTemporaryFolder(async (folder) => {
      const store = await openCertificateFolder(folder);
      await writeFile(join(folder, `${ids.contract}.certificate.json`), 'half');
      await expect(store.get(ids.contract)).rejects.toThrow(SyntaxError);
    });
  });
});
