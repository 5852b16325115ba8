import { instantOf, isInstant, type Instant } from '@mandate/event-sourcing';
import { DateTime } from 'luxon';

/** RFC 3339, section 5.6: without an offset nobody knows which instant is meant. */
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/i;

export const timeExpected = 'a time with its offset (RFC 3339, like 2026-03-29T00:00:00.000Z)';

/** The instant that a log names, cut to the millisecond; undefined for a text that names none. */
export const instantOfLine = (text: unknown): Instant | undefined => {
  if (isInstant(text)) return text;
  if (typeof text !== 'string' || !timestamp.test(text)) return undefined;
  const time = DateTime.fromISO(text.toUpperCase(), { zone: 'utc' });
  // The years before 0000 and after 9999 are reached by offsets only.
  return time.isValid && time.year >= 0 && time.year <= 9999 ? instantOf(time.toMillis()) : undefined;
};
