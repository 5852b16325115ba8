import { instantOf, type Instant } from '@mandate/event-sourcing';
import fc from 'fast-check';
import type { Interval, LegalDate } from '../vocabulary';
import { legalDateOf, zones } from './calendar';

/** When the clocks of Europe/Warsaw change in 2026: from 02:00 to 03:00, and from 03:00 back to 02:00. */
export const clockChanges: readonly [Instant, Instant] = [
  '2026-03-29T01:00:00.000Z' as Instant,
  '2026-10-25T01:00:00.000Z' as Instant,
];

/** Times at which something is likely to be off by one: clock changes, days of 23 and 25 hours, leap days, years. */
export const boundaryInstants: readonly Instant[] = [
  ...clockChanges,
  ...['2026-03-29', '2026-03-30', '2026-10-25', '2026-10-26', '2027-01-01', '2028-02-29', '2028-03-01'].map(
    (date) => legalDateOf(date, 'Europe/Warsaw').at,
  ),
  '2026-12-31T23:59:59.999Z' as Instant,
];

/** The instant so many milliseconds later, or earlier where the number is negative. */
export const shifted = (instant: Instant, ms: number): Instant =>
  // Not through `instantOf`, which checks what is certain here: instants are shifted by the thousand.
  ms === 0 ? instant : (new Date(Date.parse(instant) + ms).toISOString() as Instant);

const within = (from: string, until: string): fc.Arbitrary<Instant> =>
  fc.integer({ min: Date.parse(from), max: Date.parse(until) - 1 }).map(instantOf);

/** One of the boundaries, or a millisecond beside it. */
export const boundaryInstant: fc.Arbitrary<Instant> = fc
  .tuple(fc.constantFrom(...boundaryInstants), fc.constantFrom(0, -1, 1))
  .map(([instant, ms]) => shifted(instant, ms));

/** Instants from 2025 to 2029, every other one at a boundary. */
export const arbitraryInstant: fc.Arbitrary<Instant> = fc.oneof(
  { weight: 1, arbitrary: boundaryInstant },
  { weight: 1, arbitrary: within('2025-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z') },
);

/** Days in a zone, many of them around a change of the clock. */
export const arbitraryLegalDate: fc.Arbitrary<LegalDate> = fc
  .tuple(
    fc.oneof(
      fc.constantFrom('2026-03-28', '2026-03-29', '2026-03-30', '2026-10-24', '2026-10-25', '2026-10-26'),
      fc.constantFrom('2026-02-28', '2026-12-31', '2028-02-29'),
      within('2025-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z').map((instant) => instant.slice(0, 10)),
    ),
    fc.constantFrom(...zones),
  )
  .map(([date, zone]) => legalDateOf(date, zone));

const hourMs = 3_600_000;

/** Half-open intervals: some without an end, some of a single millisecond, none that ends before it begins. */
export const arbitraryInterval: fc.Arbitrary<Interval> = fc
  .tuple(
    arbitraryInstant,
    fc.option(
      fc.oneof(fc.constantFrom(1, 2, hourMs, 23 * hourMs, 25 * hourMs), fc.integer({ min: 1, max: 1e11 })),
      {
        nil: undefined,
      },
    ),
  )
  .map(([from, ms]) => (ms === undefined ? { from } : { from, until: shifted(from, ms) }));

/** Every instant that an event names. */
export const instantsNamedBy = (data: object): readonly Instant[] =>
  Object.values(data).flatMap((value: unknown): readonly Instant[] => {
    if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}T/.test(value) ? [value as Instant] : [];
    return typeof value === 'object' && value !== null ? instantsNamedBy(value) : [];
  });

/** The instant one millisecond before, at, or one after. */
export const besides = (instant: Instant): readonly [Instant, Instant, Instant] => [
  instant,
  shifted(instant, -1),
  shifted(instant, 1),
];
