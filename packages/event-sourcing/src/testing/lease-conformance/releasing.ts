import assert from 'node:assert/strict';
import { refusesWith } from '../conformance/refusal';
import { testOnLeases, type LeaseStoreConformanceTest } from '../lease-conformance-test';
import { acquired, assertHeld, claimBy, newHolder, second } from './claims';

export const releasing: readonly LeaseStoreConformanceTest[] = [
  testOnLeases('whoever lets go lets the next one in at once', async ({ store, name }) => {
    const lease = await acquired(store, name(), claimBy(newHolder(), 0, 30));
    await store.release(name(), lease.epoch);
    const next = await acquired(store, name(), claimBy(newHolder(), 1));
    assert.ok(next.epoch > lease.epoch);
  }),

  testOnLeases('who is too late cannot let go of what others hold', async ({ store, name }) => {
    const lease = await acquired(store, name(), claimBy(newHolder(), 0, 30));
    const next = await acquired(store, name(), claimBy(newHolder(), 30, 60));
    await store.release(name(), lease.epoch);
    await assertHeld(store, next, 59);
  }),

  testOnLeases('an epoch or a name that never was lets go of nothing', async ({ store, name }) => {
    const lease = await acquired(store, name(), claimBy(newHolder(), 0, 30));
    await store.release(name(), lease.epoch + 1);
    await store.release(name(), lease.epoch - 1);
    await store.release(name('b'), lease.epoch);
    await assertHeld(store, lease, 29);
  }),

  testOnLeases('letting go twice does no harm to the next one', async ({ store, name }) => {
    const lease = await acquired(store, name(), claimBy(newHolder(), 0, 30));
    await store.release(name(), lease.epoch);
    await store.release(name(), lease.epoch);
    const next = await acquired(store, name(), claimBy(newHolder(), 1, 31));
    await store.release(name(), lease.epoch);
    await assertHeld(store, next, 2);
  }),

  testOnLeases('a closed store refuses everything, also when it is closed again', async ({ store, name }) => {
    const lease = await acquired(store, name(), claimBy(newHolder()));
    await store.close();
    await store.close();
    await refusesWith(store.acquire(name(), claimBy(newHolder(), 90)), 'store-closed');
    await refusesWith(store.renew(name(), lease.epoch, second(90)), 'store-closed');
    await refusesWith(store.release(name(), lease.epoch), 'store-closed');
    await store.close();
  }),
];
