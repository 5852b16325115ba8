import { describe, expect, it } from '@jest/globals';
import { decodeIssuesOf, sentenceOfIssue, type Instant } from '@mandate/event-sourcing';
import { isLeft, isRight, type Either } from 'fp-ts/Either';
import * as t from 'io-ts';
import * as v from './facts';

const address = 'anna.nowak@example.org';
const midnight = '2026-03-28T23:00:00.000Z';
const later = '2026-03-28T23:00:00.001Z';

/** A codec, whatever its type. */
interface Codec {
  readonly decode: (value: unknown) => Either<t.Errors, unknown>;
  readonly is: (value: unknown) => boolean;
  readonly encode: (value: never) => unknown;
}

/** What a reader is told about a value that is refused. */
const complaintsAbout = (codec: Pick<Codec, 'decode'>, value: unknown): string => {
  const decoded = codec.decode(value);
  return isLeft(decoded) ? decodeIssuesOf(decoded.left).map(sentenceOfIssue).join(' ') : '';
};

const hex = 'a1'.repeat(32);
const legalDate = { date: '2026-03-29', zone: 'Europe/Warsaw', at: midnight };
const evidence = {
  digest: hex,
  medium: 'e-mail-message',
  reference: 'dpa/2026-001',
  receivedAt: midnight,
};

interface Example {
  readonly codec: Codec;
  readonly accepted: readonly unknown[];
  readonly refused: readonly unknown[];
}
const example = (codec: Codec, accepted: readonly unknown[], refused: readonly unknown[]): Example => ({
  codec,
  accepted,
  refused,
});

const examples: Readonly<Record<string, Example>> = {
  digest: example(
    v.digest,
    [hex, '0'.repeat(64)],
    [hex.toUpperCase(), hex.slice(1), `${hex}0`, `g${hex.slice(1)}`, `${hex}\n`, '', 0],
  ),
  country: example(v.country, ['PL', 'EU', 'US'], ['pl', 'POL', 'P', 'P1', 'Poland', 'PL\n', '', 48]),
  reference: example(
    v.reference,
    ['dpa/2026-001', 'A', '2026:7.b_c', 'x'.repeat(80)],
    [
      address,
      'Anna Nowak',
      'a b',
      ' a',
      '/a',
      '.a',
      'x'.repeat(81),
      '48600100200',
      '2026/001',
      'a\n',
      'zażółć',
      '',
      7,
    ],
  ),
  'time zone': example(
    v.timeZone,
    ['Europe/Warsaw', 'UTC', 'America/Argentina/Ushuaia', 'Etc/GMT+1'],
    ['Europe/', '/Warsaw', '+01:00', 'Europe Warsaw', 'a/b/c/d', address, '', 1],
  ),
  'local date': example(
    v.localDate,
    ['2026-03-29', '2028-02-29', '2026-12-31'],
    ['2026-13-01', '2026-00-10', '2026-01-32', '2026-01-00', '2026-1-1', '29.03.2026', midnight, ''],
  ),
  'legal date': example(
    v.legalDate,
    [legalDate],
    [
      { date: '2026-03-29', zone: 'Europe/Warsaw' },
      { ...legalDate, at: '2026-03-29T00:00:00' },
      { ...legalDate, date: midnight },
      { ...legalDate, note: 'midnight' },
      '2026-03-29',
      null,
    ],
  ),
  'whole number': example(
    v.wholeNumber,
    [0, 1, Number.MAX_SAFE_INTEGER],
    [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1, '1', null],
  ),
  period: example(
    v.period,
    [
      { unit: 'days', count: 30 },
      { unit: 'months', count: 0 },
      { unit: 'days', count: 36_525 },
    ],
    [
      { unit: 'weeks', count: 1 },
      { unit: 'days', count: -1 },
      { unit: 'days', count: 1.5 },
      { unit: 'days', count: 36_526 },
      { unit: 'days' },
      30,
    ],
  ),
  interval: example(
    v.interval,
    [{ from: midnight }, { from: midnight, until: later }],
    [{}, { until: later }, { from: '2026-03-28' }, { from: midnight, until: null }, [midnight, later]],
  ),
  evidence: example(
    v.evidence,
    [evidence],
    [
      { ...evidence, reference: address },
      { ...evidence, medium: 'phone' },
      { ...evidence, signedBy: 'Anna Nowak' },
      { ...evidence, receivedAt: undefined },
    ],
  ),
};

describe.each(Object.entries(examples))('a %s', (_name, { codec, accepted, refused }) => {
  it.each(accepted)('can be %j, and comes back as it was', (value) => {
    const decoded = codec.decode(value);
    expect(decoded).toEqual({ _tag: 'Right', right: value });
    expect(codec.is(value)).toBe(true);
    expect(codec.encode(value as never)).toEqual(value);
  });

  it.each(refused.map((value) => [value]))('cannot be %j', (value) => {
    expect(isRight(codec.decode(value))).toBe(false);
    expect(codec.is(value)).toBe(false);
  });

  it.each(refused.map((value) => [value]))('is refused without quoting %j', (value) => {
    const complaints = complaintsAbout(codec, value);
    expect(complaints).not.toBe('');
    expect(complaints).not.toMatch(/anna|nowak|example\.org/i);
  });
});

describe('a list that is not empty', () => {
  const letters = v.nonEmpty(t.union([t.literal('a'), t.literal('b')]));

  it('has one item or more', () => {
    expect(letters.decode(['a'])).toEqual({ _tag: 'Right', right: ['a'] });
    expect(letters.is(['a', 'b'])).toBe(true);
    expect(letters.encode(['b', 'a'])).toEqual(['b', 'a']);
  });

  it('is refused where it is empty, and says what it expected', () => {
    expect(letters.is([])).toBe(false);
    expect(complaintsAbout(letters, [])).toMatch(/a list with at least one item.*found/i);
  });

  it('is refused with an item of another kind, and says where, not what', () => {
    expect(letters.is(['a', 'c'])).toBe(false);
    expect(complaintsAbout(letters, ['a', address])).toContain('1');
    expect(complaintsAbout(letters, ['a', address])).not.toContain(address);
  });

  it.each([['a'], [undefined], [{ 0: 'a', length: 1 }]])('is no %j', (value) => {
    expect(isRight(letters.decode(value))).toBe(false);
  });
});

describe('an interval', () => {
  const [from, until] = [midnight as Instant, later as Instant];
  const before = '2026-03-28T22:59:59.999Z' as Instant;

  it('holds its first instant and not its last, to the millisecond', () => {
    expect(v.isWithin({ from, until }, before)).toBe(false);
    expect(v.isWithin({ from, until }, from)).toBe(true);
    expect(v.isWithin({ from, until }, until)).toBe(false);
  });

  it('without an end holds every instant from the first on', () => {
    expect(v.isWithin({ from }, before)).toBe(false);
    expect(v.isWithin({ from }, from)).toBe(true);
    expect(v.isWithin({ from }, '9999-12-31T23:59:59.999Z' as Instant)).toBe(true);
  });

  it('is empty where it ends when it begins, or before', () => {
    expect(v.isEmptyInterval({ from, until: from })).toBe(true);
    expect(v.isEmptyInterval({ from, until: before })).toBe(true);
    expect(v.isEmptyInterval({ from, until })).toBe(false);
    expect(v.isEmptyInterval({ from })).toBe(false);
  });

  it('that is empty holds no instant', () => {
    expect([before, from, until].filter((at) => v.isWithin({ from, until: from }, at))).toEqual([]);
  });
});

describe('the earlier of two instants', () => {
  const [one, other] = [midnight as Instant, later as Instant];

  it('is the one that comes first, and the other where the first is not there', () => {
    expect(v.earlierOf(one, other)).toBe(one);
    expect(v.earlierOf(other, one)).toBe(one);
    expect(v.earlierOf(one, one)).toBe(one);
    expect(v.earlierOf(undefined, other)).toBe(other);
  });
});
