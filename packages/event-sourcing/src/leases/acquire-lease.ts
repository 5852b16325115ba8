import { randomUUID } from 'node:crypto';
import { epochMillisecondsOf, systemClock } from '../values/instant';
import type { Uuid } from '../values/uuid';
import { holdLease, leaseEnd, type HeldLease } from './held-lease';
import { durationMsOf, type LeaseOptions } from './lease-options';
import { pauseByTimer } from './pause';

/** Waits for a lease until it is given, or until the signal says stop. */
export type AcquireLease = (signal: AbortSignal) => Promise<HeldLease | undefined>;

/** Asks for the lease of a name on behalf of one holder. */
export const createAcquireLease = (name: string, options: LeaseOptions): AcquireLease => {
  const { store, clock = systemClock, pause = pauseByTimer, onWait } = options;
  const durationMs = durationMsOf(options);
  const holder = options.holder ?? (randomUUID() as Uuid);
  // A lease that is released early is noticed early.
  const lookAgainMs = Math.ceil(durationMs / 20);

  return async (signal) => {
    for (let awaited: number | undefined; !signal.aborted;) {
      const now = clock();
      const { outcome, lease } = await store.acquire(name, {
        holder,
        now,
        until: leaseEnd(now, durationMs),
      });
      if (outcome === 'acquired') {
        return holdLease({ store, durationMs, clock, pause }, { name, epoch: lease.epoch, askedAt: now });
      }
      if (awaited !== lease.epoch) onWait?.(lease);
      awaited = lease.epoch;
      const leftMs = epochMillisecondsOf(lease.heldUntil) - epochMillisecondsOf(now);
      await pause(Math.min(leftMs, lookAgainMs), signal);
    }
    return undefined;
  };
};
