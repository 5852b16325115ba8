import assert from 'node:assert/strict';
import { testOnLeases, type LeaseStoreConformanceTest } from '../lease-conformance-test';
import { acquired, assertHeld, claimBy, newHolder, second } from './claims';

export const renewing: readonly LeaseStoreConformanceTest[] = [
  testOnLeases('whoever holds a lease extends it, under the same epoch', async ({ store, name }) => {
    const lease = await acquired(store, name(), claimBy(newHolder(), 0, 30));
    const renewed = { ...lease, heldUntil: second(40) };
    assert.deepEqual(await store.renew(name(), lease.epoch, second(40)), renewed);
    await assertHeld(store, renewed, 39.999);
    await acquired(store, name(), claimBy(newHolder(), 40));
  }),

  testOnLeases('a renewal that comes late does not shorten it', async ({ store, name }) => {
    const lease = await acquired(store, name(), claimBy(newHolder(), 0, 30));
    const renewed = { ...lease, heldUntil: second(40) };
    await store.renew(name(), lease.epoch, second(40));
    assert.deepEqual(await store.renew(name(), lease.epoch, second(35)), renewed);
    await assertHeld(store, renewed, 39);
  }),

  testOnLeases('it is extended also after its time, while nobody took it', async ({ store, name }) => {
    const lease = await acquired(store, name(), claimBy(newHolder(), 0, 30));
    const renewed = { ...lease, heldUntil: second(530) };
    assert.deepEqual(await store.renew(name(), lease.epoch, second(530)), renewed);
    await assertHeld(store, renewed, 500);
  }),

  testOnLeases('whoever was superseded extends nothing', async ({ store, name }) => {
    const lease = await acquired(store, name(), claimBy(newHolder(), 0, 30));
    const next = await acquired(store, name(), claimBy(newHolder(), 30, 60));
    assert.equal(await store.renew(name(), lease.epoch, second(90)), undefined);
    await assertHeld(store, next, 59);
    await acquired(store, name(), claimBy(newHolder(), 60));
  }),

  testOnLeases('nothing is extended that was released', async ({ store, name }) => {
    const lease = await acquired(store, name(), claimBy(newHolder(), 0, 30));
    await store.release(name(), lease.epoch);
    assert.equal(await store.renew(name(), lease.epoch, second(90)), undefined);
    await acquired(store, name(), claimBy(newHolder(), 1));
  }),

  testOnLeases('an epoch or a name that never was extends nothing', async ({ store, name }) => {
    const lease = await acquired(store, name(), claimBy(newHolder(), 0, 30));
    for (const epoch of [lease.epoch - 1, lease.epoch + 1]) {
      assert.equal(await store.renew(name(), epoch, second(90)), undefined);
    }
    assert.equal(await store.renew(name('b'), lease.epoch, second(90)), undefined);
    await assertHeld(store, lease, 29);
    await acquired(store, name('b'), claimBy(newHolder(), 1));
    await acquired(store, name(), claimBy(newHolder(), 30));
  }),
];
