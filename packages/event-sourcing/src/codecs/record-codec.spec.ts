import { describe, expect, it } from '@jest/globals';
import { isLeft, isRight, right } from 'fp-ts/Either';
import fc from 'fast-check';
import * as t from 'io-ts';
import { decodeIssuesOf } from './decode-issue';
import { instantCodec, type Instant } from '../values/instant';
import { recordCodec } from './record-codec';
import { failedExpectation, thrownBy } from '../testing/failed-expectation';

interface Visit {
  readonly count: number;
  readonly at: Instant;
  readonly note?: string;
  readonly isFirst?: boolean;
}

const required = { count: t.number, at: instantCodec };
const optional = { note: t.string, isFirst: t.boolean };
const visit = recordCodec<Visit>('Visit', required, optional);

// What each field may hold, said a second time and in another way.
const isFit = new Map<string, (value: unknown) => boolean>([
  ['count', (value) => typeof value === 'number'],
  ['at', (value) => value === '2026-03-29T00:00:00.000Z'],
  ['note', (value) => typeof value === 'string'],
  ['isFirst', (value) => typeof value === 'boolean'],
]);
const isVisit = (input: unknown): boolean =>
  typeof input === 'object' &&
  input !== null &&
  !Array.isArray(input) &&
  ['count', 'at'].every((key) => Object.hasOwn(input, key)) &&
  Object.entries(input).every(
    ([key, value]) =>
      isFit.get(key)?.(value) === true || (value === undefined && ['note', 'isFirst'].includes(key)),
  );

const fieldValue = fc.oneof(
  fc.constantFrom<unknown>(1, '2026-03-29T00:00:00.000Z', 'text', true, null, undefined),
  fc.anything({ maxDepth: 1 }),
);
const fields = fc.dictionary(
  fc.constantFrom('count', 'at', 'note', 'isFirst', 'extra', 'toString', '__proto__', 'constructor'),
  fieldValue,
  { noNullPrototype: false },
);
const almostVisits = fc
  .tuple(fields, fc.boolean())
  .map(([given, isComplete]) =>
    isComplete ? { count: 1, at: '2026-03-29T00:00:00.000Z', ...given } : given,
  );

/** That a codec takes exactly the visits, and both ways without a change. */
const assertExact = (codec: t.Type<Visit, unknown>): void => {
  fc.assert(
    fc.property(fc.oneof(almostVisits, fc.anything()), (input) => {
      const decoded = codec.decode(input);
      expect(isRight(decoded)).toBe(isVisit(input));
      expect(codec.is(input)).toBe(isVisit(input));
      if (isLeft(decoded)) return;
      const present = Object.entries(input as Visit).filter(([, value]) => value !== undefined);
      expect(decoded.right).toStrictEqual(Object.fromEntries(present));
      expect(codec.encode(input as Visit)).toStrictEqual(Object.fromEntries(present));
    }),
    { numRuns: 1000 },
  );
};

describe('a record codec', () => {
  it('takes an object with exactly its fields, and only drops what is undefined', () => {
    assertExact(visit);
  });

  it.each([
    ['t.type', t.intersection([t.type(required), t.partial(optional)])],
    ['t.strict', t.intersection([t.strict(required), t.exact(t.partial(optional))])],
  ] as const)('is stricter than %s, which that property finds out', (_, codec) => {
    expect(thrownBy(() => assertExact(codec as unknown as t.Type<Visit, unknown>))).toMatchObject(
      failedExpectation,
    );
  });

  const issuesOf = (input: unknown): unknown => {
    const decoded = visit.decode(input);
    return isLeft(decoded) ? decodeIssuesOf(decoded.left) : [];
  };

  it('reports everything that is wrong at once: missing, wrong, unknown', () => {
    expect(issuesOf({ count: 'two', note: null, colour: 'red' })).toEqual([
      { path: 'count', expected: 'number', found: 'a string of 3 characters' },
      { path: 'at', expected: 'instant (like 2026-03-29T00:00:00.000Z)', found: 'nothing' },
      { path: 'note', expected: 'string', found: 'null' },
      { path: 'colour', expected: 'no field named colour', found: 'a string of 3 characters' },
    ]);
  });

  it('says its name where something else than an object is found', () => {
    expect(issuesOf([])).toEqual([{ path: '', expected: 'Visit', found: 'a list of 0 items' }]);
  });

  it.each(['anna@example.com', '48600100200', '+48600100200', 'x'.repeat(41)])(
    'does not repeat an unknown field named %s, which may be somebody’s address',
    (key) => {
      const issues = JSON.stringify(issuesOf({ count: 1, at: '2026-03-29T00:00:00.000Z', [key]: 1 }));
      expect(issues).not.toContain(key);
      expect(issues).toContain('(an unprintable name)');
    },
  );

  it('encodes every field with the codec of that field', () => {
    const numberAsText = new t.Type<number, string>('number as text', t.number.is, t.number.validate, String);
    const codec = recordCodec<{ count: number; limit?: number }>(
      'Counts',
      { count: numberAsText },
      { limit: numberAsText },
    );
    expect(codec.encode({ count: 1, limit: 2 })).toEqual({ count: '1', limit: '2' });
    expect(codec.encode({ count: 1 })).toEqual({ count: '1' });
  });

  it('holds other records', () => {
    const visits = recordCodec<{ last: Visit }>('Visits', { last: visit });
    const last = { count: 1, at: '2026-03-29T00:00:00.000Z' };
    expect(visits.decode({ last })).toEqual(right({ last }));
    const decoded = visits.decode({ last: { ...last, extra: 1 } });
    expect(isLeft(decoded) && decodeIssuesOf(decoded.left)).toMatchObject([{ path: 'last.extra' }]);
  });
});
