import type * as t from 'io-ts';
import type { Branded } from './brand';
import { guardedCodec } from '../codecs/guarded-codec';

/**
 * A point in time in UTC with milliseconds, always written `2026-03-29T00:00:00.000Z` (RFC 3339). The fixed
 * width makes the order of the strings the order of time, so `<` compares instants.
 */
export type Instant = Branded<'Instant'>;

// Months with 31 days take any day, those with 30 all but the 31st; February is looked at more closely.
const pattern =
  /^\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|[12]\d))T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** Whether a year has a 29 February, by the Gregorian calendar also before there was one (ISO 8601). */
const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/**
 * Tells whether a value is an instant that exists (30 February does not) in the one accepted spelling. `Date` is not
 * asked: every event that is read has several instants, and asking took as long as parsing its JSON.
 */
export const isInstant = (value: unknown): value is Instant =>
  typeof value === 'string' &&
  pattern.test(value) &&
  (!value.startsWith('02-29', 5) || isLeapYear(Number(value.slice(0, 4))));

/** The instant of a number of milliseconds since 1970. Throws a `RangeError` outside the years 0 to 9999. */
export const instantOf = (epochMilliseconds: number): Instant => {
  const text = new Date(epochMilliseconds).toISOString();
  if (!isInstant(text)) throw new RangeError('An instant lies between the years 0000 and 9999.');
  return text;
};

/** The milliseconds since 1970 of an instant. */
export const epochMillisecondsOf = (instant: Instant): number => Date.parse(instant);

export const instantCodec: t.Type<Instant, string> = guardedCodec(
  'instant (like 2026-03-29T00:00:00.000Z)',
  isInstant,
);

/** Where the time of the day comes from: the system's clock in production, a virtual one in tests. */
export type Clock = () => Instant;

/** The clock of the machine. */
export const systemClock: Clock = () => instantOf(Date.now());

/**
 * The time at which to date an event after another one. A clock that was set back must not make the log say
 * that something was known earlier than what came before it.
 */
export const neverBefore = (previous: Instant | undefined, now: Instant): Instant =>
  previous !== undefined && now < previous ? previous : now;
