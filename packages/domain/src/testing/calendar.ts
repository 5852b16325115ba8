import { instantOf, type Instant } from '@mandate/event-sourcing';
import type { LegalDate, LocalDate, TimeZone } from '../vocabulary';

/** Zones whose days never begin in the middle of a change of the clock. */
export const zones = ['Europe/Warsaw', 'Europe/Lisbon', 'UTC', 'America/New_York'] as const;

const formats = new Map<string, Intl.DateTimeFormat>();
const formatIn = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, format);
  return format;
};

/** What the clocks of a zone show at a time, written down as if it were UTC. */
const wallClock = (epochMs: number, zone: string): number => {
  const shown = new Map(
    formatIn(zone)
      .formatToParts(epochMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => shown.get(name) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
};

const firstInstantOf = (dayMs: number, zone: string): number => {
  let epochMs = dayMs;
  // The second round corrects a guess that fell on the other side of a change of the clock.
  for (let round = 0; round < 2; round += 1) epochMs = dayMs - (wallClock(epochMs, zone) - epochMs);
  return epochMs;
};

const resolved = new Map<string, LegalDate>();

/** A day in a zone with the instant at which it begins, as Node's time-zone data has it. */
export const legalDateOf = (date: string, zone: string): LegalDate => {
  const key = `${date} ${zone}`;
  const known = resolved.get(key);
  if (known !== undefined) return known;
  const at = instantOf(firstInstantOf(Date.parse(`${date}T00:00:00.000Z`), zone));
  const legalDate: LegalDate = { date: date as LocalDate, zone: zone as TimeZone, at };
  resolved.set(key, legalDate);
  return legalDate;
};

const dayMs = 86_400_000;
const dateAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00.000Z`) + days * dayMs).toISOString().slice(0, 10);

/** The day that is so many days after the one that an instant falls on in a zone. */
export const dayAfter = (instant: Instant, days: number, zone: string): LegalDate => {
  // Each day begins once in each zone, so the known beginnings tell the day without asking for the clock again.
  const dateInUtc = instant.slice(0, 10);
  const later = [1, 0].find((offset) => legalDateOf(dateAfter(dateInUtc, offset), zone).at <= instant) ?? -1;
  return legalDateOf(dateAfter(dateInUtc, later + days), zone);
};
