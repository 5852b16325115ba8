import { epochMillisecondsOf, instantOf, systemClock, type Clock, type Instant } from '../values/instant';
import { LeaseLostError } from './lease-lost-error';
import type { LeaseStore } from './lease-store';
import { pauseByTimer, type Pause } from './pause';

/** A lease from the moment it is given until it is let go of, as its holder sees it. */
export interface HeldLease {
  /** Grows from holder to holder. */
  readonly epoch: number;
  /**
   * Begins something while the lease is held by the holder's own clock, with room to spare; renews it before, if it is
   * time. Rejects with a `LeaseLostError` and begins nothing when somebody else may have it.
   */
  readonly whileHeld: <T>(work: () => Promise<T>) => Promise<T>;
  /** Lets go. A lease that the store does not let go of ends by itself. */
  readonly release: () => Promise<void>;
}

export interface HeldLeasePorts {
  readonly store: LeaseStore;
  readonly durationMs: number;
  readonly clock?: Clock;
  readonly pause?: Pause;
}

/** What was given. */
interface Given {
  readonly name: string;
  readonly epoch: number;
  /** When it was asked for: the answer may have taken its time. */
  readonly askedAt: Instant;
}

/** Until when a lease is asked for, from an instant on. */
export const leaseEnd = (now: Instant, durationMs: number): Instant =>
  instantOf(epochMillisecondsOf(now) + durationMs);

/** Keeps a lease that was given, until it is lost or released. */
export const holdLease = (
  { store, durationMs, clock = systemClock, pause = pauseByTimer }: HeldLeasePorts,
  { name, epoch, askedAt }: Given,
): HeldLease => {
  const released = new AbortController();
  const renewAfterMs = Math.floor(durationMs / 3);
  const actUntilMs = Math.floor((durationMs * 3) / 4);
  let renewedAt = askedAt;
  let isLost = false;
  let renewing: Promise<void> | undefined;

  /** How long ago it was renewed; a clock that was set back meanwhile tells nothing. */
  const ageMs = (): number => {
    const age = epochMillisecondsOf(clock()) - epochMillisecondsOf(renewedAt);
    return age < 0 ? Infinity : age;
  };
  const isHeld = (): boolean => !isLost && ageMs() < actUntilMs;

  const renewOnce = async (): Promise<void> => {
    const now = clock();
    const renewed = await store.renew(name, epoch, leaseEnd(now, durationMs));
    if (renewed === undefined) isLost = true;
    else renewedAt = now;
  };
  const renew = (): Promise<void> => {
    renewing ??= renewOnce().finally(() => (renewing = undefined));
    return renewing;
  };

  /** Renews it in time, whatever else its holder is doing, so that an effect may take longer than the lease. */
  const keep = async (): Promise<void> => {
    while (!isLost) {
      await pause(renewAfterMs, released.signal);
      if (released.signal.aborted) return;
      // What fails here is tried again in time, or fails when something is to be begun.
      await renew().catch(() => undefined);
    }
  };
  // A pause that fails renews nothing: then it is done before the next act, if that is soon enough.
  keep().catch(() => undefined);

  return {
    epoch,
    whileHeld: async (work) => {
      if (!isLost && ageMs() >= renewAfterMs) {
        await renew().catch((error: unknown) => {
          if (!isHeld()) throw error;
        });
      }
      if (!isHeld()) throw new LeaseLostError('The lease has run out, or somebody else has it.');
      // At once: whatever came in between could take longer than the lease.
      return work();
    },
    release: async () => {
      released.abort();
      await store.release(name, epoch).catch(() => undefined);
    },
  };
};
