import { EventStoreError } from '../event-store/event-store-error';
import type { ProjectionStore } from '../projections/projection-store';

/** A projection store that says yes or no to everything and does nothing. No conformance test may pass on it. */
export const createIdleProjectionStore = (answer: boolean): ProjectionStore => ({
  generations: () => Promise.resolve([]),
  create: () => Promise.resolve(answer),
  claim: ({ name, generation }, { holder, until }) => {
    const taken = { name, generation, holder, heldUntil: until, version: 1, epoch: 1, isLive: false };
    return Promise.resolve(answer ? { ...taken, status: 'booting', parked: [] } : undefined);
  },
  release: () => Promise.resolve(),
  load: (_, keys) => Promise.resolve(keys.map(() => undefined)),
  commit: () => Promise.resolve(answer),
  setStatus: () => Promise.resolve(answer),
  makeLive: () => Promise.resolve(answer),
  remove: () => Promise.resolve(answer),
  read: () => Promise.resolve(answer ? { state: 'absent', position: undefined } : { state: 'unknown' }),
  close: () => Promise.resolve(),
});

/** A projection store that refuses everything, always with the same excuse. No conformance test may pass on it either. */
export const createRefusingProjectionStore = (): ProjectionStore => {
  const refuse = (): Promise<never> =>
    Promise.reject(new EventStoreError({ kind: 'not-supported', operation: 'anything' }));
  return {
    ...{ generations: refuse, create: refuse, claim: refuse, release: refuse, load: refuse, commit: refuse },
    ...{ setStatus: refuse, makeLive: refuse, remove: refuse, read: refuse },
    close: () => Promise.resolve(),
  };
};
