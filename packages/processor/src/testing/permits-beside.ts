import { createProcessingScope } from '@mandate/read-models';
import { createFreshness } from '../freshness';
import { createPermits, type Permits } from '../permits';
import type { Service } from './a-service';

export const staleAfterMs = 1000;

export interface PermitsBeside {
  readonly permits: Permits;
  readonly read: () => Promise<void>;
  readonly wait: (milliseconds: number) => void;
}

/** Permits of another process on the same history, by a steady clock that is moved by hand. */
export const permitsBeside = ({ surroundings }: Service, store = surroundings.eventStore): PermitsBeside => {
  let steadyMs = 0;
  const scope = createProcessingScope(store);
  const freshness = createFreshness({ scope, staleAfterMs, steadyClockMs: () => steadyMs });
  return {
    permits: createPermits({ scope, clock: surroundings.clock, freshness, staleAfterMs }),
    read: freshness.refresh,
    wait: (milliseconds) => {
      steadyMs += milliseconds;
    },
  };
};
