import {
  guardedCodec,
  instantCodec,
  nonEmptyListCodec,
  patternCodec,
  recordCodec,
  type Branded,
  type Instant,
} from '@mandate/event-sourcing';
import * as t from 'io-ts';
import { documentMedium, type DocumentMedium } from './closed-lists';

/** SHA-256 in lower-case hex, of a document that holds no recipient's data, or keyed (HMAC) where it could. */
export type Digest = Branded<'Digest'>;
export const digest = patternCodec<Digest>(/^[0-9a-f]{64}$/, 'a SHA-256 digest (64 hexadecimal digits)');

/** ISO 3166-1 alpha-2, upper case. */
export type Country = Branded<'Country'>;
export const country = patternCodec<Country>(/^[A-Z]{2}$/, 'a country (ISO 3166-1 alpha-2, like PL)');

/** Where a document is filed, or which law: a code with a letter in it, since digits alone could be a phone number. */
export type Reference = Branded<'Reference'>;
export const reference = patternCodec<Reference>(
  /^(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9/._:-]{0,79}$/,
  'a reference (up to 80 letters, digits and / . _ : -, with a letter among them)',
);

/** An IANA time zone such as `Europe/Warsaw`. Whether it exists is checked where dates are resolved. */
export type TimeZone = Branded<'TimeZone'>;
export const timeZone = patternCodec<TimeZone>(
  /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,2}$/,
  'an IANA time zone',
);

/** `2026-03-29`. */
export type LocalDate = Branded<'LocalDate'>;
export const localDate = patternCodec<LocalDate>(
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
  'a date (like 2026-03-29)',
);

/**
 * A date as law means it: the day in a zone, with the instant at which that day begins, resolved once when it
 * was recorded, so that a later change of time-zone rules does not move it.
 */
export interface LegalDate {
  readonly date: LocalDate;
  readonly zone: TimeZone;
  readonly at: Instant;
}
export const legalDate: t.Type<LegalDate, unknown> = recordCodec<LegalDate>('a date in a zone', {
  date: localDate,
  zone: timeZone,
  at: instantCodec,
});

/** A length of time by the calendar: a month is not thirty days (Regulation 1182/71). */
export interface Period {
  readonly unit: 'days' | 'months';
  readonly count: number;
}
export const wholeNumber: t.Type<number, number> = guardedCodec(
  'a whole number of 0 or more',
  (value): value is number => Number.isSafeInteger(value) && (value as number) >= 0,
);
// A hundred years: beyond it a period is a slip of the pen, and no calendar reaches its end.
const periodCountMax = 36_525;

const periodCount: t.Type<number, number> = guardedCodec(
  `a whole number from 0 to ${periodCountMax}`,
  (value): value is number => wholeNumber.is(value) && value <= periodCountMax,
);

export const period: t.Type<Period, unknown> = recordCodec<Period>('a period', {
  unit: t.union([t.literal('days'), t.literal('months')]),
  count: periodCount,
});

/** From an instant on, up to but not including another: half-open, so that neighbours neither overlap nor gap. */
export interface Interval {
  readonly from: Instant;
  /** Absent: until something ends it. */
  readonly until?: Instant;
}
export const interval: t.Type<Interval, unknown> = recordCodec<Interval>(
  'an interval',
  { from: instantCodec },
  { until: instantCodec },
);

/** Whether an instant lies in a half-open interval. */
export const isWithin = ({ from, until }: Interval, at: Instant): boolean =>
  from <= at && (until === undefined || at < until);

/** The earlier of two instants, of which the first may not be there. */
export const earlierOf = (one: Instant | undefined, other: Instant): Instant =>
  one !== undefined && one < other ? one : other;

/** Whether an interval contains no instant at all. */
export const isEmptyInterval = ({ from, until }: Interval): boolean => until !== undefined && until <= from;

/** Proof that something was said in writing: which document, how it came, where it is filed (Art. 28(3)(a)). */
export interface Evidence {
  readonly digest: Digest;
  readonly medium: DocumentMedium;
  readonly reference: Reference;
  readonly receivedAt: Instant;
}
export const evidence: t.Type<Evidence, unknown> = recordCodec<Evidence>('evidence', {
  digest,
  medium: documentMedium,
  reference,
  receivedAt: instantCodec,
});

/** A list with at least one item. */
export type NonEmpty<Item> = readonly [Item, ...Item[]];
export const nonEmpty = <Item>(item: t.Type<Item, unknown>): t.Type<NonEmpty<Item>, unknown> =>
  nonEmptyListCodec(item);
