import { describe, expect, it } from '@jest/globals';
import { verifyCertificate, type ErasureOrder, type StoreEraser } from '@mandate/deletion';
import { masterKeyFromBytes } from '@mandate/vault';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openProcessor } from './open-processor';
import type { Processor } from './processor';
import { createVirtualClock, testSigningKey, type VirtualClock } from './testing/a-processor';
import { accept, emailOf, endOfTheStory, putIntoService } from './testing/a-service';
import { by, ids, notice, sending } from './testing/a-story';
import { erased } from './testing/erasers';
import { inTemporaryFolder } from './testing/temporary-folder';

const masterKey = masterKeyFromBytes(Uint8Array.from({ length: 32 }, (_, index) => index));
const publicKey = createPublicKey(createPrivateKey(testSigningKey))
  .export({ type: 'spki', format: 'pem' })
  .toString();

/** A store whose data can be restored while its receipts, kept elsewhere, cannot. */
const restorableStore = (clock: VirtualClock) => {
  const receipts = new Map<string, Awaited<ReturnType<StoreEraser>>>();
  const orders: ErasureOrder[] = [];
  const store = { held: 3 };
  const erase: StoreEraser = (order) => {
    orders.push(order);
    const answer = receipts.get(order.idempotencyKey) ?? erased(clock, store.held);
    if (!receipts.has(order.idempotencyKey)) store.held = 0;
    receipts.set(order.idempotencyKey, answer);
    return Promise.resolve(answer);
  };
  return { store, orders, erase };
};

interface Installation {
  readonly clock: VirtualClock;
  readonly data: ReturnType<typeof restorableStore>;
  readonly ledger: string;
  readonly open: (options?: Partial<Parameters<typeof openProcessor>[0]>) => Promise<Processor>;
  readonly backUp: () => Promise<void>;
  /** Puts history, keys and data back to where they were. */
  readonly restore: () => Promise<void>;
}

const backedUp = ['history.sqlite', 'keys.sqlite'];

const installed = (work: (installation: Installation) => Promise<void>): Promise<void> =>
  inTemporaryFolder(async (parent) => {
    const [folder, backup] = [join(parent, 'mandate'), join(parent, 'backup')];
    const clock = createVirtualClock('2026-01-02T10:00:00.000Z');
    const data = restorableStore(clock);
    const erasers = { 'recipient-database': data.erase, 'message-archive': data.erase };
    await mkdir(backup);
    await work({
      clock,
      data,
      ledger: join(folder, 'erasures.sqlite'),
      open: (options) =>
        openProcessor({ ...{ folder, masterKey, erasers, clock }, signingKey: testSigningKey, ...options }),
      backUp: async () => {
        for (const file of backedUp) await copyFile(join(folder, file), join(backup, file));
      },
      restore: async () => {
        for (const file of backedUp) {
          for (const beside of ['-wal', '-shm']) await rm(join(folder, file + beside), { force: true });
          await copyFile(join(backup, file), join(folder, file));
        }
        data.store.held = 3;
      },
    });
  });

const encrypted = async (processor: Processor): Promise<Uint8Array> => {
  const answer = await processor.vault.encrypt(emailOf('r1'), Buffer.from('anna@example.com'));
  if (answer.state !== 'encrypted') throw new Error('expected a ciphertext');
  return answer.ciphertext;
};

/** In service, with one address, as the backup has it. */
const served = async ({ open, backUp }: Installation): Promise<Uint8Array> => {
  const processor = await open();
  await putIntoService(processor);
  const ciphertext = await encrypted(processor);
  await processor.close();
  await backUp();
  return ciphertext;
};

const deleted = async ({ open, clock }: Installation): Promise<void> => {
  const processor = await open();
  clock.moveTo('2026-02-01T12:00:00.000Z');
  await accept(processor.contracts.giveTerminationNotice(notice, by));
  clock.moveTo(endOfTheStory);
  await processor.deletions.run();
  expect((await processor.deletions.certificate(ids.contract))?.contents.status).toBeDefined();
  await processor.close();
};

describe('history, keys and data restored from a backup of before the deletion', () => {
  it('serve nobody until every erasure is applied again, and then as if they had never come back', async () => {
    await installed(async (installation) => {
      const { open, restore, data, clock } = installation;
      const ciphertext = await served(installation);
      await deleted(installation);
      expect(data.store.held).toBe(0);
      const ordersBefore = data.orders.map(({ idempotencyKey }) => idempotencyKey);

      await restore();
      clock.moveTo('2026-05-01T00:00:00.000Z');
      await expect(open()).rejects.toThrow('reapplyErasures: true');
      await expect(open()).rejects.toMatchObject({
        code: 'erasures-missing',
        missing: { keys: 2, contracts: 1 },
      });

      const processor = await open({ reapplyErasures: true });
      expect(await processor.vault.decrypt(emailOf('r1'), ciphertext)).toMatchObject({ state: 'erased' });
      expect(await processor.decide(sending)).toMatchObject({ decision: 'deny' });
      await processor.deletions.run();
      expect(processor.deletions.outstanding()).toEqual([]);
      expect(data.store.held).toBe(0);
      // Asked under other keys than before: a receipt of before says nothing about what was restored.
      const again = data.orders.slice(ordersBefore.length).map(({ idempotencyKey }) => idempotencyKey);
      expect(again).toHaveLength(2);
      expect(again.filter((key) => ordersBefore.includes(key))).toEqual([]);
      const certificate = await processor.deletions.certificate(ids.contract);
      expect(verifyCertificate(certificate, publicKey).verdict).toBe('genuine');
      expect(certificate?.contents.issuedAt).toBe('2026-05-01T00:00:00.000Z');
      await processor.close();

      const later = await open();
      expect(await later.decide(sending)).toMatchObject({ decision: 'deny' });
      await later.close();
    });
  });

  it('do so for the erasure of one recipient as well, and go on with the others', async () => {
    await installed(async (installation) => {
      const { open, restore } = installation;
      const ciphertext = await served(installation);
      const processor = await open();
      await processor.vault.eraseRecipient(emailOf('r1'));
      await processor.close();
      await restore();
      await expect(open()).rejects.toMatchObject({ missing: { keys: 1, contracts: 0 } });
      const restored = await open({ reapplyErasures: true });
      expect(await restored.vault.decrypt(emailOf('r1'), ciphertext)).toMatchObject({ state: 'erased' });
      expect(await restored.vault.encrypt(emailOf('r2'), Buffer.from('x'))).toMatchObject({
        state: 'encrypted',
      });
      expect(await restored.decide(sending)).toMatchObject({ decision: 'allow' });
      await restored.close();
    });
  });

  it('are known to be too old also by a ledger that began after the erasure', async () => {
    await installed(async (installation) => {
      const { open, restore, ledger } = installation;
      await served(installation);
      await deleted(installation);
      for (const beside of ['', '-wal', '-shm']) await rm(ledger + beside, { force: true });
      // As after an update from a release without a ledger: the fences are put on record when it is opened.
      await (await open()).close();
      await restore();
      await expect(open()).rejects.toMatchObject({ code: 'erasures-missing', missing: { keys: 2 } });
    });
  });
});
