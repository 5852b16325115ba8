import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Lease, LeaseClaim, LeaseStore } from '../../leases/lease-store';
import { instantOf, type Instant } from '../../values/instant';
import type { Uuid } from '../../values/uuid';

export const newHolder = (): Uuid => randomUUID() as Uuid;

/** So many seconds after the start of a test. */
export const second = (seconds: number): Instant => instantOf(1_700_000_000_000 + Math.round(seconds * 1000));

/** A claim of somebody, from one second to another. */
export const claimBy = (holder: Uuid, from = 0, to = from + 30): LeaseClaim => ({
  holder,
  now: second(from),
  until: second(to),
});

/** A claim that must succeed. */
export const acquired = async (store: LeaseStore, name: string, claim: LeaseClaim): Promise<Lease> => {
  const { outcome, lease } = await store.acquire(name, claim);
  assert.equal(outcome, 'acquired');
  assert.deepEqual(lease, { name, holder: claim.holder, epoch: lease.epoch, heldUntil: claim.until });
  assert.ok(Number.isSafeInteger(lease.epoch) && lease.epoch > 0);
  return lease;
};

/** That somebody who asks is told whose a lease is. */
export const assertHeld = async (store: LeaseStore, held: Lease, atSecond: number): Promise<void> => {
  const answer = await store.acquire(held.name, claimBy(newHolder(), atSecond));
  assert.deepEqual(answer, { outcome: 'held', lease: held });
};
