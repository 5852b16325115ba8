import { EventStoreError } from '../event-store/event-store-error';
import type { LeaseStore } from '../leases/lease-store';
import type { Uuid } from '../values/uuid';

const nobody = '00000000-0000-4000-8000-000000000000' as Uuid;

/** A lease store that says yes or no to everybody and remembers nothing. No conformance test may pass on it. */
export const createIdleLeaseStore = (answer: boolean): LeaseStore => ({
  acquire: (name, { holder, until }) =>
    Promise.resolve(
      answer
        ? { outcome: 'acquired', lease: { name, holder, epoch: 1, heldUntil: until } }
        : { outcome: 'held', lease: { name, holder: nobody, epoch: 1, heldUntil: until } },
    ),
  renew: (name, epoch, until) =>
    Promise.resolve(answer ? { name, holder: nobody, epoch, heldUntil: until } : undefined),
  release: () => Promise.resolve(),
  close: () => Promise.resolve(),
});

/** A lease store that refuses everything, always with the same excuse. No conformance test may pass on it either. */
export const createRefusingLeaseStore = (): LeaseStore => {
  const refuse = (): Promise<never> =>
    Promise.reject(new EventStoreError({ kind: 'not-supported', operation: 'anything' }));
  return { acquire: refuse, renew: refuse, release: refuse, close: () => Promise.resolve() };
};
