import { describe, expect, it } from '@jest/globals';
import type { LegalDate, Period } from '@mandate/domain';
import fc from 'fast-check';
import { isTimeZone, legalDateAfter, resolveLegalDate } from './calendar';

/** What the calendar on the wall of a zone shows at an instant, by Node's own time-zone data. */
const dateOnTheWall = (zone: string): ((epochMs: number) => string) => {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  return (epochMs) => format.format(epochMs);
};

describe('the day in a zone', () => {
  const days: readonly (readonly [date: string, zone: string, begins: string, why: string])[] = [
    ['2026-03-28', 'Europe/Warsaw', '2026-03-27T23:00:00.000Z', 'in winter time'],
    ['2026-03-29', 'Europe/Warsaw', '2026-03-28T23:00:00.000Z', 'of 23 hours'],
    ['2026-03-30', 'Europe/Warsaw', '2026-03-29T22:00:00.000Z', 'in summer time'],
    ['2026-10-25', 'Europe/Warsaw', '2026-10-24T22:00:00.000Z', 'of 25 hours'],
    ['2026-10-26', 'Europe/Warsaw', '2026-10-25T23:00:00.000Z', 'in winter time again'],
    ['2028-02-29', 'Europe/Warsaw', '2028-02-28T23:00:00.000Z', 'that comes every four years'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', 'that begins at one, having no midnight'],
    ['2024-10-06', 'America/Asuncion', '2024-10-06T04:00:00.000Z', 'that begins at one, having no midnight'],
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z', 'that begins at one, having no midnight'],
    ['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00.000Z', 'that begins at one, having no midnight'],
    ['2026-10-25', 'Atlantic/Azores', '2026-10-25T00:00:00.000Z', 'that has two midnights'],
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z', 'that has two midnights'],
    ['2026-04-05', 'America/Santiago', '2026-04-05T04:00:00.000Z', 'before which an hour came twice'],
    ['2026-01-01', 'Asia/Kathmandu', '2025-12-31T18:15:00.000Z', 'a quarter of an hour beside the others'],
    ['2026-01-01', 'Pacific/Kiritimati', '2025-12-31T10:00:00.000Z', 'that is the first to begin'],
    ['2026-01-01', 'UTC', '2026-01-01T00:00:00.000Z', 'by which the others are counted'],
  ];

  it.each(days)('%s in %s begins at %s: a day %4$s', (date, zone, begins) => {
    expect(resolveLegalDate(date, zone)).toEqual({ date, zone, at: begins });
  });

  it('begins at the first instant at which the calendar on the wall shows it', () => {
    const zones = [
      'Europe/Warsaw',
      'Atlantic/Azores',
      'America/Havana',
      'America/Santiago',
      'Africa/Cairo',
      'Australia/Lord_Howe',
    ];
    const day = fc.date({ min: new Date('1995-01-01'), max: new Date('2035-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...zones), day, (zone, some) => {
        const date = some.toISOString().slice(0, 10);
        const at = Date.parse(resolveLegalDate(date, zone)?.at ?? '');
        const shown = dateOnTheWall(zone);
        expect(shown(at)).toBe(date);
        expect(shown(at - 1) < date).toBe(true);
        // An hour may come twice, but not three times.
        expect(shown(at - 3_600_000) < date).toBe(true);
      }),
      {
        numRuns: 300,
        examples: [
          ['Atlantic/Azores', new Date('2026-10-25')],
          ['America/Havana', new Date('2026-11-01')],
        ],
      },
    );
  });

  const nothing: readonly (readonly [date: string, zone: string])[] = [
    ['2026-02-30', 'Europe/Warsaw'],
    ['2027-02-29', 'Europe/Warsaw'],
    ['2026-13-01', 'Europe/Warsaw'],
    ['2026-00-10', 'Europe/Warsaw'],
    ['2011-12-30', 'Pacific/Apia'],
    ['0000-01-01', 'Europe/Warsaw'],
    ['2026-3-29', 'Europe/Warsaw'],
    ['2026-W13-7', 'Europe/Warsaw'],
    ['2026-088', 'Europe/Warsaw'],
    ['2026-03-29T00:00', 'Europe/Warsaw'],
    ['tomorrow', 'Europe/Warsaw'],
    ['', 'Europe/Warsaw'],
    ['2026-03-29', 'Europe/Warsaws'],
    ['2026-03-29', 'Mars/Olympus_Mons'],
    ['2026-03-29', 'local'],
    ['2026-03-29', 'system'],
    ['2026-03-29', 'UTC+3'],
    ['2026-03-29', '+03:00'],
    ['2026-03-29', ''],
  ];

  it.each(nothing)('%s in "%s" does not exist', (date, zone) => {
    expect(resolveLegalDate(date, zone)).toBeUndefined();
  });
});

describe('a time zone', () => {
  it('is one of the IANA data base, and never the one of the machine', () => {
    expect(['Europe/Warsaw', 'UTC', 'America/Argentina/Buenos_Aires'].every(isTimeZone)).toBe(true);
    expect(
      ['local', 'system', 'default', 'UTC+3', 'CEST', 'Europe', '', 'a'.repeat(300)].some(isTimeZone),
    ).toBe(false);
  });
});

describe('the day after a period', () => {
  const after = (date: string, period: Period, zone = 'Europe/Warsaw', of = zone): string =>
    legalDateAfter(resolveLegalDate(date, of) as LegalDate, period, zone).date;
  const days = (count: number): Period => ({ unit: 'days', count });
  const months = (count: number): Period => ({ unit: 'months', count });

  const periods: readonly (readonly [from: string, period: Period, expected: string])[] = [
    ['2026-03-31', days(30), '2026-04-30'],
    ['2026-01-31', months(1), '2026-02-28'],
    ['2028-01-31', months(1), '2028-02-29'],
    ['2026-01-28', months(1), '2026-02-28'],
    ['2026-01-30', months(1), '2026-02-28'],
    ['2026-02-28', months(1), '2026-03-28'],
    ['2026-03-31', months(1), '2026-04-30'],
    ['2026-08-31', months(6), '2027-02-28'],
    ['2028-02-29', months(12), '2029-02-28'],
    ['2026-12-31', months(2), '2027-02-28'],
    ['2026-03-28', days(1), '2026-03-29'],
    ['2026-03-28', days(2), '2026-03-30'],
    ['2026-10-24', days(2), '2026-10-26'],
    ['2026-01-01', days(365), '2027-01-01'],
    ['2026-05-05', days(0), '2026-05-05'],
    ['2026-05-05', months(0), '2026-05-05'],
  ];

  it.each(periods)('from %s, %j later, is %s', (from, period, expected) => {
    expect(after(from, period)).toBe(expected);
  });

  it('tells thirty days from a month, in February by two days', () => {
    expect(after('2026-01-31', days(30))).toBe('2026-03-02');
    expect(after('2026-01-31', months(1))).toBe('2026-02-28');
  });

  it('begins at midnight there, on whichever side of a change of the clocks', () => {
    const at = (from: string, period: Period): string =>
      legalDateAfter(resolveLegalDate(from, 'Europe/Warsaw') as LegalDate, period, 'Europe/Warsaw').at;
    expect(at('2026-03-28', days(2))).toBe('2026-03-29T22:00:00.000Z');
    expect(at('2026-10-24', days(2))).toBe('2026-10-25T23:00:00.000Z');
    expect(at('2026-02-28', months(1))).toBe('2026-03-27T23:00:00.000Z');
  });

  it('is counted in the zone that is asked for', () => {
    // Midnight in Tokyo is still the afternoon before in Warsaw.
    expect(after('2026-03-31', days(1), 'Europe/Warsaw', 'Asia/Tokyo')).toBe('2026-03-31');
    expect(after('2026-03-31', days(1), 'Asia/Tokyo', 'Asia/Tokyo')).toBe('2026-04-01');
  });

  it('never lies before the one it is counted from, and by months never in a later month', () => {
    const date = fc.date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(date, fc.nat(60), (some, count) => {
        const from = some.toISOString().slice(0, 10);
        expect(after(from, days(count)) >= from).toBe(true);
        const [year = 0, month = 0] = after(from, months(count)).split('-').map(Number);
        const [fromYear = 0, fromMonth = 0] = from.split('-').map(Number);
        expect(year * 12 + month).toBe(fromYear * 12 + fromMonth + count);
      }),
      { numRuns: 200 },
    );
  });

  it('that no calendar knows is an error, not another day', () => {
    const from = resolveLegalDate('2026-03-31', 'Europe/Warsaw') as LegalDate;
    expect(() => legalDateAfter(from, days(Number.MAX_SAFE_INTEGER), 'Europe/Warsaw')).toThrow(RangeError);
    expect(() => legalDateAfter(from, days(1), 'Mars/Olympus_Mons')).toThrow(RangeError);
  });
});
