import { EventStoreError, isInstant, isUuid, type Lease } from '@mandate/event-sourcing';

/** A row of the table `lease`: what the columns should hold, and what may have become of it. */
export interface LeaseRow {
  readonly epoch: unknown;
  readonly holder: unknown;
  readonly heldUntil: unknown;
}

export const leaseColumns = 'epoch, holder, held_until AS heldUntil';

const isEpoch = (found: unknown): found is number => Number.isSafeInteger(found) && Number(found) > 0;

/** Turns the row of a lease that is held into the lease. One that this package cannot have written is `corrupt`. */
export const leaseOf = (name: string, row: LeaseRow | undefined): Lease => {
  const { epoch, holder, heldUntil } = row ?? {};
  if (isEpoch(epoch) && isUuid(holder) && isInstant(heldUntil)) {
    return { name, epoch, holder, heldUntil };
  }
  throw new EventStoreError({
    kind: 'corrupt',
    position: 'none',
    stream: `lease ${name}`,
    type: 'a lease',
    reason: 'it is not known who holds it, and until when',
  });
};
