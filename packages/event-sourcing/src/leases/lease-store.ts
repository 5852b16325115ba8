import type { Instant } from '../values/instant';
import type { Uuid } from '../values/uuid';

/** The right to act alone under a name, until an instant. */
export interface Lease {
  readonly name: string;
  readonly holder: Uuid;
  /**
   * Greater than every epoch this name ever had, also one that was released: whoever is told a smaller one after a
   * greater one knows that the teller is too late (a fencing token).
   */
  readonly epoch: number;
  readonly heldUntil: Instant;
}

/** Who asks for a lease. Time comes from the caller's clock: a store has none of its own. */
export interface LeaseClaim {
  readonly holder: Uuid;
  readonly now: Instant;
  readonly until: Instant;
}

/** The lease that was given, or the one that is in the way. */
export interface LeaseAnswer {
  readonly outcome: 'acquired' | 'held';
  readonly lease: Lease;
}

/** Who may act alone under which name. Every call is a compare-and-set, whoever else calls at the same moment. */
export interface LeaseStore {
  /**
   * Gives a lease that nobody else holds at `now`, from the very instant on until which it was held. Always under a
   * new epoch, also when its holder asks again, who may have lost the answer.
   */
  readonly acquire: (name: string, claim: LeaseClaim) => Promise<LeaseAnswer>;
  /**
   * Extends a lease that is held under this epoch, also one whose time has run out while nobody took it. Never
   * shortens it, so that a request that comes late does no harm. `undefined`: it was released, or somebody else has it.
   */
  readonly renew: (name: string, epoch: number, until: Instant) => Promise<Lease | undefined>;
  /** Lets the next one in at once. Does nothing unless the lease is held under this epoch. */
  readonly release: (name: string, epoch: number) => Promise<void>;
  /** Lets go of the store, not of leases. */
  readonly close: () => Promise<void>;
}
