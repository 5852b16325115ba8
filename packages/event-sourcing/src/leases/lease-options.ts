import type { Clock } from '../values/instant';
import type { Uuid } from '../values/uuid';
import type { Lease, LeaseStore } from './lease-store';
import type { Pause } from './pause';

/** How several live runners of one process agree which of them acts. */
export interface LeaseOptions {
  readonly store: LeaseStore;
  /**
   * How long a runner that is silent keeps others waiting, in milliseconds. Default 5,000, at least 100. It is renewed
   * when a third of it is over, also while an effect is carried out; the last quarter is room to spare.
   */
  readonly durationMs?: number;
  /**
   * The clock by which leases are held, whatever the clock of the process is. Those of all runners have to agree to
   * within a quarter of the duration. Default: the clock of the machine.
   */
  readonly clock?: Clock;
  /** Who this runner is among the others. Default: a random id. Two that live at once must never have the same. */
  readonly holder?: Uuid;
  /** How it waits. Default: by the timer of the machine. */
  readonly pause?: Pause;
  /** Told when a run begins to wait for somebody else, who has the lease until an instant, and longer if alive. */
  readonly onWait?: (lease: Lease) => void;
}

const durationMsMin = 100;

/** The duration that was asked for, or the default. Throws a `RangeError` for one in which nothing could be done. */
export const durationMsOf = ({ durationMs = 5000 }: LeaseOptions): number => {
  if (Number.isSafeInteger(durationMs) && durationMs >= durationMsMin) return durationMs;
  throw new RangeError(`Expected durationMs to be a whole number of milliseconds, ${durationMsMin} or more.`);
};
