import type { Instant } from '@mandate/event-sourcing';
import { isWithin, type Interval } from '../vocabulary';

/** Whether any of the intervals contains the instant. */
export const isWithinAny = (intervals: readonly Interval[], at: Instant): boolean =>
  intervals.some((interval) => isWithin(interval, at));

const hasOpen = (intervals: readonly Interval[]): boolean =>
  intervals.at(-1)?.until === undefined && intervals.length > 0;

/** Begins an interval; one that is open already begins earlier, if need be, and never later. */
export const opened = (intervals: readonly Interval[], from: Instant): readonly Interval[] => {
  if (!hasOpen(intervals)) return [...intervals, { from }];
  const last = intervals.at(-1);
  return last === undefined || last.from <= from ? intervals : [...intervals.slice(0, -1), { from }];
};

/** Ends the open interval, if there is one. */
export const closed = (intervals: readonly Interval[], until: Instant): readonly Interval[] => {
  const last = intervals.at(-1);
  return last === undefined || last.until !== undefined
    ? intervals
    : [...intervals.slice(0, -1), { ...last, until }];
};

/** Ends an interval that would go on beyond `until`. */
export const cutAt = (interval: Interval, until: Instant): Interval =>
  interval.until !== undefined && interval.until <= until ? interval : { from: interval.from, until };
