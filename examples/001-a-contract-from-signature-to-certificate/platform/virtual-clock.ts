import type { Clock, Instant } from '@mandate/processor';

/** A clock that stands still until somebody moves it: a year passes in a minute, and is the same year every time. */
export interface VirtualClock {
  readonly now: Clock;
  /** Moves on to an instant. A time that has passed already changes nothing. */
  readonly moveTo: (instant: Instant) => void;
}

export const virtualClockAt = (start: Instant): VirtualClock => {
  let now = start;
  return {
    now: () => now,
    moveTo: (instant) => {
      if (now < instant) now = instant;
    },
  };
};
