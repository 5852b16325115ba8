import {
  createInMemoryLeaseStore,
  instantOf,
  systemClock,
  type LeaseStore,
  type RecordedEvent,
  type Uuid,
} from '@mandate/event-sourcing';
import { openSqliteLeaseStore } from '@mandate/sqlite';
import { masterKeyFromBytes } from '@mandate/vault';
import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { openProcessor } from '../open-processor';
import type { DeletionProgress, Processor } from '../processor';
import { createVirtualClock, startProcessor } from '../testing/a-processor';
import { accept, aServiceAtItsEnd, endOfTheStory, putIntoService, type Service } from '../testing/a-service';
import { by, ids, notice } from '../testing/a-story';
import { dyingAt } from '../testing/crash-points';
import { storesOfTheStory } from '../testing/erasers';
import { inTemporaryFolder } from '../testing/temporary-folder';
import { readWholeLog } from '../testing/whole-log';

const start = ({ surroundings, erasers }: Service, store: LeaseStore, durationMs = 5000): Processor =>
  startProcessor(surroundings, erasers, { leases: { store, durationMs } });

/** As short as a lease may be: that of the dead is waited for indeed. */
const shortMs = 100;

/** The log without the places, which name the store. */
const logOf = async ({ surroundings }: Service): Promise<readonly Omit<RecordedEvent, 'position'>[]> =>
  (await readWholeLog(surroundings.eventStore)).map(({ position: _position, ...event }) => event);

/** The same, without the record that the process keeps of itself. */
const happenings = async (service: Service): Promise<readonly Omit<RecordedEvent, 'position'>[]> =>
  (await logOf(service)).filter(({ stream }) => !stream.startsWith('deletion-'));

/** Runs the deletion in a process that is killed at a call; nothing of it is heard of any more, nor is its lease. */
const runAndBeKilled = async (service: Service, leaseStore: LeaseStore, call: number): Promise<number> => {
  const { calls, ...dying } = dyingAt(service.surroundings, service.erasers, { call, when: 'after' });
  const unlessDead =
    <Request extends readonly unknown[], Answer>(work: (...request: Request) => Promise<Answer>) =>
    (...request: Request): Promise<Answer> =>
      dying.isDead() ? Promise.reject(new Error('dead')) : work(...request);
  const store: LeaseStore = {
    acquire: unlessDead(leaseStore.acquire),
    renew: unlessDead(leaseStore.renew),
    release: unlessDead(leaseStore.release),
    close: leaseStore.close,
  };
  const run = start({ ...service, ...dying }, store, shortMs).deletions.run();
  await run.catch((error: unknown) => {
    if (!dying.isDead()) throw error;
  });
  return calls.length;
};

describe('two processes that share leases', () => {
  it('carry out every step once where both run at once, and leave the log that one leaves', async () => {
    const [alone, shared] = [await aServiceAtItsEnd(), await aServiceAtItsEnd()];
    const leaseStore = createInMemoryLeaseStore();
    await start(alone, createInMemoryLeaseStore()).deletions.run();
    const processors = [start(shared, leaseStore), start(shared, leaseStore), start(shared, leaseStore)];
    await Promise.all(processors.map(({ deletions }) => deletions.run()));
    expect(await logOf(shared)).toEqual(await logOf(alone));
    expect([shared.database, shared.archive].map(({ orders }) => orders.length)).toEqual([1, 1]);
    for (const { deletions } of processors) expect(deletions.outstanding()).toEqual([]);
  });

  it('leave the very same log, with the same certificate, where one was killed', async () => {
    const undisturbed = await aServiceAtItsEnd();
    const calls = await runAndBeKilled(undisturbed, createInMemoryLeaseStore(), 0);
    const expected = await happenings(undisturbed);
    expect(calls).toBeGreaterThan(60);
    // Every one of them is tried without leases; here each costs the time of a lease.
    for (let call = 3; call <= calls; call += 5) {
      const service = await aServiceAtItsEnd();
      const leaseStore = createInMemoryLeaseStore();
      await runAndBeKilled(service, leaseStore, call);
      await start(service, leaseStore, shortMs).deletions.run();
      expect({ call, log: await happenings(service) }).toEqual({ call, log: expected });
      expect(await service.surroundings.certificates.get(ids.contract)).toEqual(
        await undisturbed.surroundings.certificates.get(ids.contract),
      );
    }
  });
});

interface InOneFolder {
  readonly open: () => Promise<Processor>;
  /** How often each store was told to erase. */
  readonly orders: () => readonly number[];
  readonly leaseStore: LeaseStore;
}

/** One folder in which the contract of the story is at its end, for as many processors as are opened in it. */
const inOneFolder = (work: (scene: InOneFolder) => Promise<void>): Promise<void> =>
  inTemporaryFolder(async (folder) => {
    const clock = createVirtualClock('2026-01-02T10:00:00.000Z');
    const { erasers, database, archive } = storesOfTheStory(clock);
    const masterKey = masterKeyFromBytes(Uint8Array.from({ length: 32 }, (_, index) => index));
    const open = (): Promise<Processor> => openProcessor({ folder, masterKey, erasers, clock });
    const first = await open();
    await putIntoService(first);
    await accept(first.contracts.giveTerminationNotice(notice, by));
    clock.moveTo(endOfTheStory);
    await first.close();
    const leaseStore = await openSqliteLeaseStore({ file: join(folder, 'history.sqlite') });
    const orders = (): readonly number[] => [database, archive].map((store) => store.orders.length);
    await work({ open, orders, leaseStore });
    await leaseStore.close();
  });

describe('two processors in one folder', () => {
  it('carry out every step once where both run at once', async () => {
    await inOneFolder(async ({ open, orders }) => {
      const processors = [await open(), await open()];
      await Promise.all(processors.map(({ deletions }) => deletions.run()));
      expect(orders()).toEqual([1, 1]);
      for (const processor of processors) {
        expect(await processor.deletions.certificate(ids.contract)).toBeDefined();
        await processor.close();
      }
    });
  });

  it('go on after a process that was killed, once its lease has ended, and say that they wait', async () => {
    await inOneFolder(async ({ open, leaseStore }) => {
      const processor = await open();
      const now = systemClock();
      const until = instantOf(Date.parse(now) + 1500);
      const holder = ids.issuer as Uuid;
      await leaseStore.acquire('process deletion', { holder, now, until });
      const progress: DeletionProgress[] = [];
      await processor.deletions.run({ onProgress: (each) => progress.push(each) });
      expect(systemClock() >= until).toBe(true);
      expect(progress[0]).toEqual({ step: 'await-other-process', outcome: 'waiting', until });
      expect(progress.filter(({ step }) => step === 'await-other-process')).toHaveLength(1);
      expect(progress.at(-1)).toMatchObject({ step: 'certify', outcome: 'completed' });
      await processor.close();
    });
  });

  it('need not wait for one that was closed in the middle of a step', async () => {
    await inOneFolder(async ({ open }) => {
      const [first, second] = [await open(), await open()];
      let closing: Promise<void> | undefined;
      const run = first.deletions.run({
        onProgress: () => {
          closing ??= first.close();
        },
      });
      await expect(run).rejects.toMatchObject({ code: 'store-closed' });
      await closing;
      const progress: DeletionProgress[] = [];
      await second.deletions.run({ onProgress: (each) => progress.push(each) });
      expect(progress.map(({ step }) => step)).not.toContain('await-other-process');
      expect(await second.deletions.certificate(ids.contract)).toBeDefined();
      await second.close();
    });
  });

  it('stop waiting when they are closed', async () => {
    await inOneFolder(async ({ open, leaseStore }) => {
      const now = systemClock();
      const until = '9999-12-31T23:59:59.999Z' as typeof now;
      await leaseStore.acquire('process deletion', { holder: ids.issuer as Uuid, now, until });
      const processor = await open();
      const run = processor.deletions.run({ onProgress: () => void processor.close() });
      await expect(run).rejects.toMatchObject({ code: 'store-closed' });
    });
  });
});
