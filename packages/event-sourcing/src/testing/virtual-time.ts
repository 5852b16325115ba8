import { epochMillisecondsOf, instantOf, type Clock, type Instant } from '../values/instant';
import type { Pause } from '../leases/pause';

/** A clock that stands still until it is moved, and those who wait for it. */
export interface VirtualTime {
  readonly clock: Clock;
  readonly pause: Pause;
  /** Lets time pass. Wakes those whose pause is over, each in its turn. */
  readonly pass: (milliseconds: number) => void;
  /** How many wait. */
  readonly sleepers: () => number;
}

export interface VirtualTimeOptions {
  readonly startAt?: Instant;
  /** When somebody who is to be woken gets his turn. Default: at once. */
  readonly turn?: () => Promise<unknown>;
  /** Told what time it is, whenever it changes. */
  readonly onChange?: (now: Instant) => void;
}

export const createVirtualTime = ({
  startAt = instantOf(0),
  turn = () => Promise.resolve(),
  onChange = () => undefined,
}: VirtualTimeOptions = {}): VirtualTime => {
  let now = epochMillisecondsOf(startAt);
  const waiting = new Map<() => void, number>();
  return {
    clock: () => instantOf(now),
    pause: (delayMs, signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        if (signal.aborted) resolve();
        else {
          waiting.set(wake, now + delayMs);
          signal.addEventListener('abort', wake);
        }
      }),
    pass: (milliseconds) => {
      now += milliseconds;
      onChange(instantOf(now));
      for (const [wake, dueAt] of waiting) if (dueAt <= now) void turn().then(wake);
    },
    sleepers: () => waiting.size,
  };
};
