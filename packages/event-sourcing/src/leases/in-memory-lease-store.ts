import { EventStoreError } from '../event-store/event-store-error';
import type { Lease, LeaseStore } from './lease-store';

/** Leases within one process, for tests and for runners that live together. */
export const createInMemoryLeaseStore = (): LeaseStore => {
  const held = new Map<string, Lease>();
  // Outlives what is released, so that no epoch comes back.
  const epochs = new Map<string, number>();
  let isClosed = false;

  const call = <T>(work: () => T): Promise<T> =>
    isClosed ? Promise.reject(new EventStoreError({ kind: 'store-closed' })) : Promise.resolve(work());

  const heldUnder = (name: string, epoch: number): Lease | undefined => {
    const lease = held.get(name);
    return lease?.epoch === epoch ? lease : undefined;
  };

  return {
    acquire: (name, { holder, now, until }) =>
      call(() => {
        const before = held.get(name);
        if (before !== undefined && before.holder !== holder && now < before.heldUntil) {
          return { outcome: 'held', lease: before };
        }
        const epoch = (epochs.get(name) ?? 0) + 1;
        const lease: Lease = { name, holder, epoch, heldUntil: until };
        epochs.set(name, epoch);
        held.set(name, lease);
        return { outcome: 'acquired', lease };
      }),

    renew: (name, epoch, until) =>
      call(() => {
        const before = heldUnder(name, epoch);
        if (before === undefined) return undefined;
        const lease: Lease = { ...before, heldUntil: before.heldUntil < until ? until : before.heldUntil };
        held.set(name, lease);
        return lease;
      }),

    release: (name, epoch) =>
      call(() => {
        if (heldUnder(name, epoch) !== undefined) held.delete(name);
      }),

    close: () => {
      isClosed = true;
      return Promise.resolve();
    },
  };
};
