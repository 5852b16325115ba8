import type * as t from 'io-ts';
import type { Branded } from './brand';
import { guardedCodec } from '../codecs/guarded-codec';

/**
 * A point in time in UTC with milliseconds, always written `2026-03-29T00:00:00.000Z` (RFC 3339). The fixed
 * width makes the order of the strings the order of time, so `<` compares instants.
 */
export type Instant = Branded<'Instant'>;

const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Tells whether a value is an instant that exists (30 February does not) in the one accepted spelling. */
export const isInstant = (value: unknown): value is Instant => {
  if (typeof value !== 'string' || !pattern.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString() === value;
};

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
