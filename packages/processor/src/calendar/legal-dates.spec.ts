import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alreadyResolved, resolveLegalDates } from './legal-dates';

const written = { date: '2026-03-31', zone: 'Europe/Warsaw' };
const resolved = { ...written, at: '2026-03-30T22:00:00.000Z' };

const pathsIn = (input: unknown): readonly string[] =>
  resolveLegalDates(input).issues.map(({ path }) => path);

describe('dates in an input', () => {
  it('get their instant wherever they stand, and nothing else changes', () => {
    const input = {
      endsAt: written,
      list: [written, { until: written, count: 3 }],
      name: 'x',
      nothing: null,
    };
    expect(resolveLegalDates(input)).toEqual({
      value: { endsAt: resolved, list: [resolved, { until: resolved, count: 3 }], name: 'x', nothing: null },
      issues: [],
    });
    expect(resolveLegalDates(written)).toEqual({ value: resolved, issues: [] });
  });

  it('that do not exist are named by their place, not by what was found there', () => {
    const wrong = { date: '2026-02-30', zone: 'Europe/Warsaw' };
    const { issues } = resolveLegalDates({
      endsAt: wrong,
      list: [written, { until: { ...written, zone: 'Anna' } }],
    });
    expect(issues).toEqual([
      expect.objectContaining({ path: 'endsAt', found: 'another date or zone' }),
      expect.objectContaining({ path: 'list[1].until' }),
    ]);
    expect(JSON.stringify(issues)).not.toMatch(/Anna|02-30/);
  });

  it('may not bring an instant of their own, which could be another one', () => {
    expect(resolveLegalDates({ endsAt: { ...written, at: '2020-01-01T00:00:00.000Z' } }).issues).toEqual([
      {
        path: 'endsAt.at',
        expected: 'no instant beside a day and its zone, from which it is resolved',
        found: 'one',
      },
    ]);
  });

  it('that were resolved before stay as they are when the library hands them on', () => {
    const moved = { ...written, at: '2026-03-30T21:00:00.000Z' };
    expect(alreadyResolved({ endsAt: moved })).toEqual({ value: { endsAt: moved }, issues: [] });
  });

  it('are no dates when something is missing or of another kind; the codec says so', () => {
    for (const input of [
      { date: '2026-03-31' },
      { zone: 7, date: '2026-03-31' },
      { ...written, note: 'x' },
    ]) {
      expect(resolveLegalDates(input).value).toEqual(input);
    }
  });
});

describe('a zone that stands by itself', () => {
  it('must exist, since it is needed when it is too late to correct it', () => {
    expect(pathsIn({ terms: { deletion: { zone: 'Mars/Olympus_Mons' } } })).toEqual(['terms.deletion.zone']);
    expect(pathsIn({ terms: { deletion: { zone: 'Europe/Warsaw' } } })).toEqual([]);
  });
});

describe('the place of an issue', () => {
  const wrong = { date: 'x', zone: 'y' };

  it('shows no key that could be an address or a telephone number', () => {
    for (const key of ['anna@example.com', '+48600700800', '48600700800', '', 'a'.repeat(41)]) {
      expect(pathsIn({ a: { [key]: wrong } })).toEqual(['a.?']);
    }
    expect(pathsIn(JSON.parse('{"__proto__": {"date": "x", "zone": "y"}}'))).toEqual(['?']);
  });
});

describe('any input at all', () => {
  it('without dates and zones comes out as it went in', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        expect(resolveLegalDates(input)).toEqual({ value: input, issues: [] });
      }),
    );
  });
});
