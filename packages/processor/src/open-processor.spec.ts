import { verifyCertificate } from '@mandate/deletion';
import { describe, expect, it } from '@jest/globals';
import { masterKeyFromBytes, type MasterKey } from '@mandate/vault';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openProcessor } from './open-processor';
import type { Processor } from './processor';
import { createVirtualClock, testSigningKey, type VirtualClock } from './testing/a-processor';
import { accept, emailOf, endOfTheStory, putIntoService } from './testing/a-service';
import { by, ids, notice, sending } from './testing/a-story';
import { storesOfTheStory } from './testing/erasers';
import { inTemporaryFolder } from './testing/temporary-folder';

const masterKeyOf = (first: number): MasterKey =>
  masterKeyFromBytes(Uint8Array.from({ length: 32 }, (_, index) => first + index));

const masterKey = masterKeyOf(0);

interface Opened {
  readonly folder: string;
  readonly clock: VirtualClock;
  readonly open: (options?: Partial<Parameters<typeof openProcessor>[0]>) => Promise<Processor>;
}

/** One folder in which a processor is opened again and again, with stores that outlive it. */
const inAFolder = (work: (opened: Opened) => Promise<void>): Promise<void> =>
  inTemporaryFolder(async (parent) => {
    const folder = join(parent, 'mandate');
    const clock = createVirtualClock('2026-01-02T10:00:00.000Z');
    const { erasers } = storesOfTheStory(clock);
    await work({
      folder,
      clock,
      open: (options) => openProcessor({ folder, masterKey, erasers, clock, ...options }),
    });
  });

const encrypted = async (processor: Processor): Promise<Uint8Array> => {
  const answer = await processor.vault.encrypt(emailOf('r1'), Buffer.from('anna@example.com'));
  if (answer.state !== 'encrypted') throw new Error('expected a ciphertext');
  return answer.ciphertext;
};

describe('a processor in a folder', () => {
  it('goes on after every closing where it was, to the certificate', async () => {
    await inAFolder(async ({ folder, clock, open }) => {
      const first = await open();
      await putIntoService(first);
      const ciphertext = await encrypted(first);
      await first.close();

      const second = await open();
      expect(await second.decide(sending)).toMatchObject({ decision: 'allow' });
      const decrypted = await second.vault.decrypt(emailOf('r1'), ciphertext);
      expect(decrypted.state === 'decrypted' && Buffer.from(decrypted.plaintext).toString()).toBe(
        'anna@example.com',
      );
      clock.moveTo('2026-02-01T12:00:00.000Z');
      await accept(second.contracts.giveTerminationNotice(notice, by));
      clock.moveTo(endOfTheStory);
      const controller = new AbortController();
      await second.deletions.run({
        signal: controller.signal,
        onProgress: ({ step }) => {
          if (step === 'destroy-keys') controller.abort();
        },
      });
      await second.close();

      const third = await open();
      expect(await third.deletions.certificate(ids.contract)).toBeUndefined();
      await third.deletions.run();
      expect(third.deletions.outstanding()).toEqual([]);
      const certificate = await third.deletions.certificate(ids.contract);
      expect(certificate?.contents.dataSets[0]?.stores.map(({ receipt }) => receipt.erased)).toEqual([3, 1]);
      const key = createPublicKey(createPrivateKey(await readFile(join(folder, 'signing-key.pem'), 'utf8')));
      const pem = key.export({ type: 'spki', format: 'pem' }).toString();
      expect(verifyCertificate(certificate, pem)).toMatchObject({ verdict: 'genuine' });
      expect(await third.vault.decrypt(emailOf('r1'), ciphertext)).toMatchObject({ state: 'erased' });
      await third.close();
    });
  });

  it('finishes in the next process what was closed in the middle of a step', async () => {
    for (const step of ['freeze', 'destroy-keys', 'erase-store', 'destroy-contract-key'] as const) {
      await inAFolder(async ({ clock, open }) => {
        const first = await open();
        await putIntoService(first);
        await encrypted(first);
        await accept(first.contracts.giveTerminationNotice(notice, by));
        clock.moveTo(endOfTheStory);
        let closing: Promise<void> | undefined;
        const run = first.deletions.run({
          onProgress: (progress) => {
            if (progress.step === step) closing ??= first.close();
          },
        });
        await expect(run).rejects.toMatchObject({ code: 'store-closed' });
        await closing;
        const second = await open();
        await second.deletions.run();
        expect(second.deletions.outstanding()).toEqual([]);
        expect(await second.deletions.certificate(ids.contract)).toBeDefined();
        await second.close();
      });
    }
  });

  it('keeps its files to its owner', async () => {
    await inAFolder(async ({ folder, open }) => {
      const processor = await open();
      await putIntoService(processor);
      await encrypted(processor);
      const files = await readdir(folder);
      expect(files).toEqual(
        expect.arrayContaining(['certificates', 'history.sqlite', 'keys.sqlite', 'signing-key.pem']),
      );
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
      for (const file of files) {
        const { mode } = await stat(join(folder, file));
        expect({ file, mode: mode & 0o077 }).toEqual({ file, mode: 0 });
      }
      await processor.close();
    });
  });

  it('holds no address in any of its files, in service or after the end', async () => {
    await inAFolder(async ({ folder, clock, open }) => {
      const processor = await open();
      const filesWith = async (text: string): Promise<readonly string[]> => {
        const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) =>
          file.isFile(),
        );
        const found = await Promise.all(
          files.map(async ({ parentPath, name }) =>
            (await readFile(join(parentPath, name))).includes(text) ? name : undefined,
          ),
        );
        return found.filter((name) => name !== undefined);
      };
      await putIntoService(processor);
      await encrypted(processor);
      expect(await filesWith('anna@example.com')).toEqual([]);
      // What is not secret is found, so the search does search.
      expect((await filesWith(ids.dataSet)).length).toBeGreaterThan(0);
      await accept(processor.contracts.giveTerminationNotice(notice, by));
      clock.moveTo(endOfTheStory);
      await processor.deletions.run();
      await processor.close();
      expect(await filesWith('anna@example.com')).toEqual([]);
    });
  });

  it('signs with the key that it is given, and makes none then', async () => {
    await inAFolder(async ({ folder, open }) => {
      await (await open({ signingKey: testSigningKey })).close();
      expect(await readdir(folder)).not.toContain('signing-key.pem');
      await expect(open({ signingKey: 'no key' })).rejects.toMatchObject({ code: 'signing-key-unusable' });
    });
  });
});

describe('a master key that does not fit', () => {
  it('is refused when the folder is opened, with a sentence, and changes nothing', async () => {
    await inAFolder(async ({ open }) => {
      const first = await open();
      await putIntoService(first);
      const ciphertext = await encrypted(first);
      await first.close();
      await expect(open({ masterKey: masterKeyOf(100) })).rejects.toMatchObject({
        name: 'VaultError',
        code: 'master-key-unknown',
        message: expect.stringMatching(/wrapped by a master key that was not given/),
      });
      const again = await open();
      expect(await again.vault.decrypt(emailOf('r1'), ciphertext)).toMatchObject({ state: 'decrypted' });
      await again.close();
    });
  });

  it('fits again when the one before it is given, too, and alone once keys are wrapped anew', async () => {
    await inAFolder(async ({ open }) => {
      const first = await open();
      await encrypted(first);
      await first.close();
      const second = await open({ masterKey: masterKeyOf(100), previousMasterKeys: [masterKey] });
      await second.vault.rotateMasterKey();
      await second.close();
      await (await open({ masterKey: masterKeyOf(100) })).close();
      await expect(open()).rejects.toMatchObject({ code: 'master-key-unknown' });
    });
  });

  it('cannot be told from another while there are no keys', async () => {
    await inAFolder(async ({ open }) => {
      await (await open()).close();
      await (await open({ masterKey: masterKeyOf(100) })).close();
    });
  });
});
