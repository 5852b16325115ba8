import assert from 'node:assert/strict';
import type { LeaseStore } from '../../leases/lease-store';
import { refusesWith } from '../conformance/refusal';
import { testOnLeases, type LeaseScenario, type LeaseStoreConformanceTest } from '../lease-conformance-test';
import { acquired, assertHeld, claimBy, newHolder, second } from './claims';

/** A test with a second handle. Where handles share nothing, it is that they do not, as the harness says. */
const testOnHandles = (
  title: string,
  body: (scenario: LeaseScenario, other: LeaseStore) => Promise<void>,
): LeaseStoreConformanceTest =>
  testOnLeases(title, async (scenario) => {
    const { store, open, sharesData, name } = scenario;
    const other = await open();
    if (sharesData) return body(scenario, other);
    const [one, another] = [newHolder(), newHolder()];
    const lease = await acquired(store, name(), claimBy(one));
    await assertHeld(other, await acquired(other, name(), claimBy(another)), 1);
    await assertHeld(store, lease, 1);
  });

export const handles: readonly LeaseStoreConformanceTest[] = [
  testOnHandles('a lease is held against another handle', async ({ store, name }, other) => {
    const lease = await acquired(store, name(), claimBy(newHolder(), 0, 30));
    await assertHeld(other, lease, 1);
    const next = await acquired(other, name(), claimBy(newHolder(), 30, 60));
    assert.ok(next.epoch > lease.epoch);
    assert.equal(await store.renew(name(), lease.epoch, second(90)), undefined);
    await store.release(name(), lease.epoch);
    await assertHeld(store, next, 59);
    await other.release(name(), next.epoch);
    await acquired(store, name(), claimBy(newHolder(), 59));
  }),

  testOnHandles('of many who ask through two handles exactly one gets it', async ({ store, name }, other) => {
    const handlesInTurn = [store, other, store, other];
    for (let round = 0; round < 5; round += 1) {
      const claims = handlesInTurn.map((each) => each.acquire(name(), claimBy(newHolder(), 60 * round)));
      const given = (await Promise.all(claims)).filter(({ outcome }) => outcome === 'acquired');
      assert.equal(given.length, 1);
    }
  }),

  testOnHandles(
    'a handle that is opened later knows what is held, and every epoch',
    async (scenario, other) => {
      const { store, open, name } = scenario;
      const lease = await acquired(store, name(), claimBy(newHolder()));
      const released = await acquired(other, name('b'), claimBy(newHolder()));
      await other.release(name('b'), released.epoch);
      await store.close();
      await other.close();
      const later = await open();
      await assertHeld(later, lease, 1);
      assert.ok((await acquired(later, name('b'), claimBy(newHolder(), 1))).epoch > released.epoch);
    },
  ),

  testOnLeases('closing one handle leaves the others open', async ({ store, open, name }) => {
    const other = await open();
    const lease = await acquired(other, name(), claimBy(newHolder()));
    await store.close();
    await assertHeld(other, lease, 1);
    await refusesWith(store.release(name(), lease.epoch), 'store-closed');
  }),
];
