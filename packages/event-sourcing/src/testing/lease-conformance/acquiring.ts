import assert from 'node:assert/strict';
import type { Lease } from '../../leases/lease-store';
import { testOnLeases, type LeaseStoreConformanceTest } from '../lease-conformance-test';
import { acquired, assertHeld, claimBy, newHolder } from './claims';

const growing = (leases: readonly Lease[]): boolean =>
  leases.every(({ epoch }, index) => index === 0 || epoch > (leases[index - 1]?.epoch ?? Infinity));

export const acquiring: readonly LeaseStoreConformanceTest[] = [
  testOnLeases('a lease that nobody ever had is given to the first who asks', async ({ store, name }) => {
    const lease = await acquired(store, name(), claimBy(newHolder()));
    await assertHeld(store, lease, 1);
  }),

  testOnLeases('it is refused to others until its time has run out', async ({ store, name }) => {
    const lease = await acquired(store, name(), claimBy(newHolder(), 0, 30));
    await assertHeld(store, lease, 0);
    await assertHeld(store, lease, 29.999);
    // Whoever is refused changes nothing.
    await assertHeld(store, lease, 1);
  }),

  testOnLeases(
    'it is given away from the very instant on until which it was held',
    async ({ store, name }) => {
      const first = await acquired(store, name(), claimBy(newHolder(), 0, 30));
      const second = await acquired(store, name(), claimBy(newHolder(), 30, 60));
      const third = await acquired(store, name(), claimBy(newHolder(), 9000));
      assert.ok(growing([first, second, third]));
      await assertHeld(store, third, 9001);
    },
  ),

  testOnLeases('its holder gets it anew, under a new epoch, when it asks again', async ({ store, name }) => {
    const holder = newHolder();
    const first = await acquired(store, name(), claimBy(holder, 0, 30));
    const again = await acquired(store, name(), claimBy(holder, 10, 40));
    assert.ok(growing([first, again]));
    assert.equal(await store.renew(name(), first.epoch, first.heldUntil), undefined);
    await assertHeld(store, again, 35);
  }),

  testOnLeases('no epoch ever comes back, however it changes hands', async ({ store, name }) => {
    const [one, other] = [newHolder(), newHolder()];
    const leases: Lease[] = [];
    const next = async (holder: typeof one, from: number): Promise<Lease> => {
      const lease = await acquired(store, name(), claimBy(holder, from));
      leases.push(lease);
      return lease;
    };
    await next(one, 0);
    await store.release(name(), (await next(one, 10)).epoch);
    await store.release(name(), (await next(other, 20)).epoch);
    await next(one, 30);
    const late = await next(other, 90);
    await store.renew(name(), late.epoch, late.heldUntil);
    await next(one, 300);
    assert.ok(growing(leases));
  }),

  testOnLeases('of many who ask at once exactly one gets it', async ({ store, name }) => {
    const holders = Array.from({ length: 6 }, newHolder);
    const answers = await Promise.all(holders.map((holder) => store.acquire(name(), claimBy(holder))));
    const [given, ...others] = answers.filter(({ outcome }) => outcome === 'acquired');
    assert.ok(given !== undefined);
    assert.deepEqual(others, []);
    for (const { lease } of answers) assert.deepEqual(lease, given.lease);
    await assertHeld(store, given.lease, 1);
  }),

  testOnLeases('every name is a lease of its own', async ({ store, name }) => {
    const names = ['a', 'A', 'a ', '', 'a%', 'a_', 'ä', 'a\u0000', 'a\u0000b', '\ud800', '"', '\\'].map(name);
    const leases: Lease[] = [];
    for (const each of names) leases.push(await acquired(store, each, claimBy(newHolder())));
    for (const lease of leases) await assertHeld(store, lease, 1);
    const [first, ...others] = leases;
    assert.ok(first !== undefined);
    await store.release(first.name, first.epoch);
    for (const lease of others) await assertHeld(store, lease, 1);
    await acquired(store, first.name, claimBy(newHolder(), 1));
  }),
];
