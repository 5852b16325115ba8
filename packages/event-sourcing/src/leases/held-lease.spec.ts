import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createVirtualTime, type VirtualTime } from '../testing/virtual-time';
import { instantOf } from '../values/instant';
import type { Uuid } from '../values/uuid';
import { holdLease, leaseEnd, type HeldLease } from './held-lease';
import { createInMemoryLeaseStore } from './in-memory-lease-store';
import type { LeaseAnswer, LeaseStore } from './lease-store';

const durationMs = 6000;

let time: VirtualTime;
let store: LeaseStore;
let renewals: number;
/** What comes between the holder and its store. */
let trouble: Error | undefined;
let held: HeldLease;

const claim = (): Promise<LeaseAnswer> =>
  store.acquire('a', {
    holder: randomUUID() as Uuid,
    now: time.clock(),
    until: leaseEnd(time.clock(), durationMs),
  });

/** Lets whatever was begun come as far as it can. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(async () => {
  time = createVirtualTime();
  store = createInMemoryLeaseStore();
  [renewals, trouble] = [0, undefined];
  const watched: LeaseStore = {
    ...store,
    renew: (...request) => {
      renewals += 1;
      return trouble === undefined ? store.renew(...request) : Promise.reject(trouble);
    },
    release: (...request) => (trouble === undefined ? store.release(...request) : Promise.reject(trouble)),
  };
  const { lease } = await claim();
  const { clock, pause } = time;
  const given = { name: 'a', epoch: lease.epoch, askedAt: clock() };
  held = holdLease({ store: watched, durationMs, clock, pause }, given);
});

const working = (): Promise<string> => held.whileHeld(() => Promise.resolve('done'));

describe('a lease that is held', () => {
  it('lets its holder work, without a question, until a third of it is over', async () => {
    expect(await working()).toBe('done');
    time.pass(1999);
    expect(await working()).toBe('done');
    expect(renewals).toBe(0);
  });

  it('is renewed by then, though its holder does nothing', async () => {
    for (let renewed = 1; renewed <= 5; renewed += 1) {
      time.pass(2000);
      await turn();
      expect(renewals).toBe(renewed);
      expect(await claim()).toMatchObject({
        outcome: 'held',
        lease: { heldUntil: leaseEnd(time.clock(), durationMs) },
      });
    }
  });

  it('is renewed before the next act, if nobody came to it in time', async () => {
    time.pass(5999);
    expect(await working()).toBe('done');
    expect(await claim()).toMatchObject({ outcome: 'held', lease: { heldUntil: instantOf(11_999) } });
  });

  it('is renewed also after its end, while nobody took it', async () => {
    time.pass(60_000);
    expect(await working()).toBe('done');
    expect(await claim()).toMatchObject({ outcome: 'held' });
  });

  it('ends for its holder when somebody else has it', async () => {
    time.pass(6000);
    const next = await claim();
    expect(next).toMatchObject({ outcome: 'acquired' });
    await expect(working()).rejects.toMatchObject({ code: 'lease-lost' });
    await held.release();
    expect(await claim()).toEqual({ ...next, outcome: 'held' });
  });

  it('is not asked about again once it is lost', async () => {
    time.pass(6000);
    await claim();
    await turn();
    const asked = renewals;
    await expect(working()).rejects.toMatchObject({ code: 'lease-lost' });
    time.pass(60_000);
    await turn();
    expect(renewals).toBe(asked);
    expect(time.sleepers()).toBe(0);
  });

  it('lets its holder work on while the store fails, with a quarter of it to spare', async () => {
    trouble = new Error('no store');
    time.pass(4499);
    expect(await working()).toBe('done');
    time.pass(1);
    await expect(working()).rejects.toThrow('no store');
    trouble = undefined;
    expect(await working()).toBe('done');
  });

  it('tells nothing when the clock was set back, but for what the store says', async () => {
    time.pass(-3_600_000 + 7_200_000);
    await turn();
    time.pass(-3_600_000);
    const asked = renewals;
    expect(await working()).toBe('done');
    expect(renewals).toBe(asked + 1);
    trouble = new Error('no store');
    time.pass(-1000);
    await expect(working()).rejects.toThrow('no store');
  });

  it('counts from when it was asked for, however long the answer took', async () => {
    const answered = time.clock();
    const late = holdLease(
      { store: { ...store, renew: () => Promise.reject(new Error('no store')) }, durationMs, ...time },
      { name: 'a', epoch: 1, askedAt: instantOf(0) },
    );
    expect(answered).toBe(instantOf(0));
    time.pass(4500);
    await expect(late.whileHeld(() => Promise.resolve())).rejects.toThrow('no store');
  });

  it('is free for others once it is released, and is renewed no more', async () => {
    await held.release();
    expect(time.sleepers()).toBe(0);
    expect(await claim()).toMatchObject({ outcome: 'acquired', lease: { epoch: 2 } });
  });

  it('ends by itself where the store does not let go of it', async () => {
    trouble = new Error('no store');
    await held.release();
    expect(await claim()).toMatchObject({ outcome: 'held' });
    time.pass(6000);
    expect(await claim()).toMatchObject({ outcome: 'acquired' });
  });
});
