import { describe, expect, it } from '@jest/globals';
import { isLeft, right } from 'fp-ts/Either';
import fc from 'fast-check';
import { epochMillisecondsOf, instantCodec, instantOf, isInstant, neverBefore, systemClock } from './instant';

const earliest = Date.parse('0000-01-01T00:00:00.000Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');
const epochMilliseconds = fc.integer({ min: earliest, max: latest });

describe('an instant', () => {
  it('stands for every millisecond of the years 0 to 9999, there and back', () => {
    fc.assert(
      fc.property(epochMilliseconds, (milliseconds) => {
        const instant = instantOf(milliseconds);
        expect(instant).toHaveLength(24);
        expect(isInstant(instant)).toBe(true);
        expect(epochMillisecondsOf(instant)).toBe(milliseconds);
        expect(instantCodec.decode(instantCodec.encode(instant))).toEqual(right(instant));
      }),
    );
  });

  it('sorts as text as it does in time', () => {
    fc.assert(
      fc.property(epochMilliseconds, epochMilliseconds, (one, other) => {
        expect(instantOf(one) < instantOf(other)).toBe(one < other);
      }),
    );
  });

  it.each([earliest - 1, latest + 1, Number.NaN, Number.POSITIVE_INFINITY, 8.64e15 + 1])(
    'does not exist at %d milliseconds, which is a RangeError',
    (milliseconds) => {
      expect(() => instantOf(milliseconds)).toThrow(RangeError);
    },
  );

  it.each([
    ['a day that no calendar has', '2026-02-30T00:00:00.000Z'],
    ['29 February of a common year', '2026-02-29T00:00:00.000Z'],
    ['the hour 24', '2026-03-29T24:00:00.000Z'],
    ['a leap second', '2016-12-31T23:59:60.000Z'],
    ['an offset', '2026-03-29T02:00:00.000+02:00'],
    ['no zone', '2026-03-29T00:00:00.000'],
    ['no milliseconds', '2026-03-29T00:00:00Z'],
    ['microseconds', '2026-03-29T00:00:00.000000Z'],
    ['a date only', '2026-03-29'],
    ['a year of six digits', '+012026-03-29T00:00:00.000Z'],
    ['a line break after it', '2026-03-29T00:00:00.000Z\n'],
    ['lower case', '2026-03-29t00:00:00.000z'],
    ['milliseconds since 1970', 1_774_742_400_000],
    ['a date object', new Date(0)],
  ])('has one spelling: not with %s', (_, value) => {
    expect(isInstant(value)).toBe(false);
    expect(isLeft(instantCodec.decode(value))).toBe(true);
    expect(instantCodec.is(value)).toBe(false);
  });
});

describe('whether an instant exists', () => {
  /** What the calendar of the language says: it moves what does not exist to another day. */
  const isSpelledByDate = (text: string): boolean => {
    const time = Date.parse(text);
    return !Number.isNaN(time) && new Date(time).toISOString() === text;
  };
  const digits = (length: number, max: number) =>
    fc.integer({ min: 0, max }).map((number) => String(number).padStart(length, '0'));
  const year = fc.oneof(
    digits(4, 9999),
    fc.constantFrom('0000', '0004', '0100', '0400', '1900', '2000', '2100'),
  );
  const date = fc.tuple(year, digits(2, 14), digits(2, 33)).map((parts) => parts.join('-'));
  const time = fc.tuple(digits(2, 26), digits(2, 62), digits(2, 62)).map((parts) => parts.join(':'));
  const almostInstants = fc
    .tuple(date, fc.oneof(time, fc.constant('12:00:00')), digits(3, 999))
    .map(([day, hour, milliseconds]) => `${day}T${hour}.${milliseconds}Z`);

  it('is known of every day of every month, without asking the calendar', () => {
    fc.assert(
      fc.property(almostInstants, (text) => expect(isInstant(text)).toBe(isSpelledByDate(text))),
      { numRuns: 5000 },
    );
  });

  it('is known of every day of 801 years', () => {
    const wrong: string[] = [];
    for (let number = 0; number < 801 * 12 * 32; number += 1) {
      const [year, month, day] = [Math.floor(number / 384), Math.floor(number / 32) % 12, number % 32];
      const [yyyy, mm, dd] = [String(1600 + year), String(month + 1), String(day)];
      const text = `${yyyy}-${mm.padStart(2, '0')}-${dd.padStart(2, '0')}T00:00:00.000Z`;
      if (isInstant(text) !== isSpelledByDate(text)) wrong.push(text);
    }
    expect(wrong).toEqual([]);
  });
});

describe('the clock of the machine', () => {
  it('tells the present', () => {
    const before = Date.now();
    const now = epochMillisecondsOf(systemClock());
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });
});

describe('the time of an event after another one', () => {
  const instants = epochMilliseconds.map(instantOf);

  it('is the present, unless the clock was set back: then it is the time of the one before', () => {
    fc.assert(
      fc.property(instants, instants, (previous, now) => {
        const time = neverBefore(previous, now);
        expect(time).toBe([previous, now].toSorted()[1]);
      }),
    );
  });

  it('is the present after none', () => {
    fc.assert(fc.property(instants, (now) => expect(neverBefore(undefined, now)).toBe(now)));
  });
});
