import type { Lease, LeaseStore } from '../leases/lease-store';
import { epochMillisecondsOf, instantOf, type Instant } from '../values/instant';

/** What a wrong lease store does otherwise than a right one. */
export type LeaseStoreMutation = (store: LeaseStore) => Partial<LeaseStore>;

const shifted = (instant: Instant, milliseconds: number): Instant =>
  instantOf(epochMillisecondsOf(instant) + milliseconds);

const longAgo = instantOf(0);
const never = '9999-12-31T23:59:59.999Z' as Instant;

/** What was given last under each name, whoever has it now. */
const remembering = (
  store: LeaseStore,
): { readonly last: (name: string) => Lease | undefined } & LeaseStore => {
  const given = new Map<string, Lease>();
  return {
    ...store,
    last: (name) => given.get(name),
    acquire: async (name, claim) => {
      const answer = await store.acquire(name, claim);
      if (answer.outcome === 'acquired') given.set(name, answer.lease);
      return answer;
    },
  };
};

/** Epochs as the callers of a wrong store get to see them, which are not those that it keeps. */
const countingAnew =
  (nextOf: (shown: number | undefined) => number): LeaseStoreMutation =>
  (store) => {
    const shown = new Map<string, number>();
    const kept = new Map<string, number>();
    const show = (lease: Lease): Lease => ({ ...lease, epoch: shown.get(lease.name) ?? lease.epoch });
    const keptOf = (name: string, epoch: number): number =>
      shown.get(name) === epoch ? (kept.get(name) ?? epoch) : -1;
    return {
      acquire: async (name, claim) => {
        const { outcome, lease } = await store.acquire(name, claim);
        if (outcome === 'acquired') {
          shown.set(name, nextOf(shown.get(name)));
          kept.set(name, lease.epoch);
        }
        return { outcome, lease: show(lease) };
      },
      renew: async (name, epoch, until) => {
        const lease = await store.renew(name, keptOf(name, epoch), until);
        return lease && show(lease);
      },
      release: (name, epoch) => store.release(name, keptOf(name, epoch)),
    };
  };

/** Those that let two act at once; a runner that uses one has to be found out, too. */
export const dangerousLeaseStoreMutations = {
  'raises no epoch': countingAnew(() => 1),
  'gives away what is held': (store) => ({
    acquire: (name, claim) => store.acquire(name, { ...claim, now: never }),
  }),
  'lets anybody release': (store) => {
    const { last, acquire } = remembering(store);
    return { acquire, release: (name) => store.release(name, last(name)?.epoch ?? 0) };
  },
  'gives a lease that never ends': (store) => ({
    acquire: (name, claim) => store.acquire(name, { ...claim, now: longAgo }),
  }),
} as const satisfies Readonly<Record<string, LeaseStoreMutation>>;

const others: Readonly<Record<string, LeaseStoreMutation>> = {
  'lets epochs come back': countingAnew((shown = 0) => (shown % 3) + 1),
  'lets anybody renew': (store) => {
    const { last, acquire } = remembering(store);
    return { acquire, renew: (name, _, until) => store.renew(name, last(name)?.epoch ?? 0, until) };
  },
  'gives away a moment too early': (store) => ({
    acquire: (name, claim) => store.acquire(name, { ...claim, now: shifted(claim.now, 1) }),
  }),
  'gives away a moment too late': (store) => ({
    acquire: (name, claim) => store.acquire(name, { ...claim, now: shifted(claim.now, -1) }),
  }),
  'never lets go': () => ({ release: () => Promise.resolve() }),
  'extends nothing': (store) => ({
    renew: (name, epoch) => store.renew(name, epoch, longAgo),
  }),
  'shortens what was renewed for longer': (store) => ({
    renew: async (name, epoch, until) => {
      const before = await store.renew(name, epoch, longAgo);
      if (before === undefined || until >= before.heldUntil) return store.renew(name, epoch, until);
      return { ...before, heldUntil: until };
    },
  }),
  'does not renew what has run out': (store) => {
    const { last, acquire } = remembering(store);
    return {
      acquire,
      renew: (name, epoch, until) => {
        const { heldUntil = until } = last(name) ?? {};
        const isLate = epochMillisecondsOf(until) > epochMillisecondsOf(heldUntil) + 100_000;
        return isLate ? Promise.resolve(undefined) : store.renew(name, epoch, until);
      },
    };
  },
  'keeps the epoch of a holder that asks again': (store) => {
    const { last, acquire } = remembering(store);
    return {
      acquire: async (name, claim) => {
        const before = last(name);
        if (before?.holder !== claim.holder) return acquire(name, claim);
        const lease = await store.renew(name, before.epoch, claim.until);
        return lease === undefined ? acquire(name, claim) : { outcome: 'acquired', lease };
      },
    };
  },
  'takes all names for one': (store) => ({
    acquire: (_, claim) => store.acquire('one', claim),
    renew: (_, epoch, until) => store.renew('one', epoch, until),
    release: (_, epoch) => store.release('one', epoch),
  }),
  'does not tell upper from lower case': (store) => ({
    acquire: (name, claim) => store.acquire(name.toLowerCase(), claim),
  }),
  'tells the wrong holder': (store) => ({
    acquire: async (name, claim) => {
      const { outcome, lease } = await store.acquire(name, claim);
      return { outcome, lease: { ...lease, holder: claim.holder } };
    },
  }),
  'stays open': () => ({ close: () => Promise.resolve() }),
};

export const leaseStoreMutations: readonly (readonly [name: string, mutation: LeaseStoreMutation])[] =
  Object.entries({ ...dangerousLeaseStoreMutations, ...others });
