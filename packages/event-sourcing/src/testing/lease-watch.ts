import type { Lease, LeaseStore } from '../leases/lease-store';
import type { Clock, Instant } from '../values/instant';
import type { Uuid } from '../values/uuid';

/** Somebody from outside who sees every lease that is given, and everything that is begun under one. */
export interface LeaseWatch {
  /** What was not as it should be; empty while all is well. */
  readonly complaints: readonly string[];
  /** The lease store as one holder is connected to it. */
  readonly seenBy: (holder: Uuid, store: LeaseStore) => LeaseStore;
  /** A holder writes to the event store. */
  readonly writes: (holder: Uuid) => void;
  /** What a holder wrote arrives there: after its lease, if it was under way for too long, which no lease can prevent. */
  readonly arrives: (holder: Uuid) => void;
  /** Whether anything was recorded that the holder of the lease could not have known when it began. */
  readonly hasSeenLateWrites: () => boolean;
  /** A holder acts, from now until the promise is settled. */
  readonly acts: <T>(holder: Uuid, fencingToken: number | undefined, act: () => Promise<T>) => Promise<T>;
  /** A holder asks for its lease to be let go of. */
  readonly letsGo: (holder: Uuid) => void;
}

export const createLeaseWatch = (clock: Clock): LeaseWatch => {
  const complaints: string[] = [];
  const acting = new Set<Uuid>();
  /** Until when each had its last lease. */
  const ends = new Map<Uuid, Instant>();
  let current: Lease | undefined;
  let greatestToken = 0;
  let lateWrites = 0;

  const holds = (holder: Uuid): boolean => current?.holder === holder && clock() < current.heldUntil;

  const isActing = (other: Uuid): boolean => acting.has(other) && clock() < (ends.get(other) ?? clock());

  return {
    complaints,
    seenBy: (holder, store) => ({
      ...store,
      acquire: async (...request) => {
        const answer = await store.acquire(...request);
        if (answer.outcome === 'acquired') {
          current = answer.lease;
          ends.set(holder, answer.lease.heldUntil);
        }
        return answer;
      },
      renew: async (...request) => {
        const lease = await store.renew(...request);
        if (lease === undefined || current?.holder !== holder) return lease;
        current = { ...current, heldUntil: lease.heldUntil };
        ends.set(holder, lease.heldUntil);
        return lease;
      },
      release: async (name, epoch) => {
        await store.release(name, epoch);
        if (current?.holder === holder && current.epoch === epoch) current = undefined;
      },
    }),
    writes: (holder) => {
      if (!holds(holder)) complaints.push('somebody writes without the lease');
    },
    arrives: (holder) => {
      if (!holds(holder)) lateWrites += 1;
    },
    hasSeenLateWrites: () => lateWrites > 0,
    acts: async (holder, fencingToken = 0, act) => {
      if (!holds(holder)) complaints.push('somebody acts without the lease');
      if ([...ends.keys()].some((other) => other !== holder && isActing(other))) {
        complaints.push('two act at once');
      }
      if (fencingToken <= 0 || fencingToken < greatestToken) complaints.push('a token is not greater');
      greatestToken = Math.max(greatestToken, fencingToken);
      acting.add(holder);
      try {
        return await act();
      } finally {
        acting.delete(holder);
      }
    },
    letsGo: (holder) => {
      if (acting.has(holder)) complaints.push('somebody lets go while it acts');
    },
  };
};
