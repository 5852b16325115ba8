import type { EventStore } from '../event-store/event-store';
import { createAcquireLease } from '../leases/acquire-lease';
import type { HeldLease } from '../leases/held-lease';
import { isLeaseLostError, LeaseLostError } from '../leases/lease-lost-error';
import type { LeaseOptions } from '../leases/lease-options';

/** Sees to it that of several runners one acts, if they share leases; otherwise lets everybody. */
export interface ActingAlone {
  /** Works while nobody else does. Waits for whoever does; begins anew when the work was broken off by a lost lease. */
  readonly work: (pass: () => Promise<void>, signal: AbortSignal) => Promise<void>;
  /** Begins an act, unless somebody else may act by now: then rejects with a `LeaseLostError`. */
  readonly begin: <T>(act: (fencingToken?: number) => Promise<T>) => Promise<T>;
}

const withEverybody: ActingAlone = { work: (pass) => pass(), begin: (act) => act() };

export const createActingAlone = (process: string, leases: LeaseOptions | undefined): ActingAlone => {
  if (leases === undefined) return withEverybody;
  const acquire = createAcquireLease(`process ${process}`, leases);
  let held: HeldLease | undefined;

  /** Tells whether the pass came to its end. */
  const passUnder = async (lease: HeldLease, pass: () => Promise<void>): Promise<boolean> => {
    held = lease;
    try {
      await pass();
      return true;
    } catch (error) {
      if (isLeaseLostError(error)) return false;
      throw error;
    } finally {
      held = undefined;
      await lease.release();
    }
  };

  return {
    work: async (pass, signal) => {
      for (;;) {
        const lease = await acquire(signal);
        if (lease === undefined || (await passUnder(lease, pass))) return;
      }
    },
    begin: (act) => {
      if (held === undefined) return Promise.reject(new LeaseLostError('No lease is held.'));
      const { epoch, whileHeld } = held;
      return whileHeld(() => act(epoch));
    },
  };
};

/** The store, to which nobody writes who may not act. */
export const writtenAlone = (store: EventStore, { begin }: ActingAlone): EventStore => ({
  storeId: store.storeId,
  capabilities: store.capabilities,
  append: (...request) => begin(() => store.append(...request)),
  readStream: (...request) => store.readStream(...request),
  readAll: (...request) => store.readAll(...request),
  subscribe: (options) => store.subscribe(options),
  eraseStream: (stream) => begin(() => store.eraseStream(stream)),
  close: () => store.close(),
});
