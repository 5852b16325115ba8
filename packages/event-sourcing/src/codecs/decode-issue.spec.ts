import { describe, expect, it } from '@jest/globals';
import { isLeft, isRight } from 'fp-ts/Either';
import fc from 'fast-check';
import * as t from 'io-ts';
import { decodeIssuesOf, sentenceOfIssue, shapeOf, type DecodeIssue } from './decode-issue';
import { randomCodecs, randomInputs } from '../testing/random-codecs';

type IssuesOf = (errors: t.Errors) => readonly DecodeIssue[];

const issuesOf = (codec: t.Mixed, input: unknown, of: IssuesOf): readonly DecodeIssue[] => {
  const decoded = codec.decode(input);
  return isLeft(decoded) ? of(decoded.left) : [];
};

const at = (input: unknown, path: string): unknown =>
  (path.match(/[A-Za-z0-9-]+/g) ?? []).reduce<unknown>(
    (value, key) => (value as Readonly<Record<string, unknown>>)[key],
    input,
  );

const leaf = fc.constantFrom<unknown[]>('yes', 'text', '', 0, 1, true, null);

/** That following the path of an issue into the input, one arrives at what the issue says was found there. */
const assertPathsLeadThere = (of: IssuesOf): void => {
  fc.assert(
    fc.property(randomCodecs, randomInputs(leaf), (codec, input) => {
      const issues = issuesOf(codec, input, of);
      // Not `codec.is`: decoding drops surplus members of a tuple, which is no issue.
      expect(issues.length === 0).toBe(isRight(codec.decode(input)));
      expect(new Set(issues.map(({ path }) => path)).size).toBe(issues.length);
      for (const { path, found } of issues)
        expect(`${path}: ${shapeOf(at(input, path))}`).toBe(`${path}: ${found}`);
    }),
    { numRuns: 1500 },
  );
};

const withEveryStep: IssuesOf = (errors) =>
  errors.map(({ context, value }) => ({
    path: context
      .slice(1)
      .map(({ key }) => key)
      .join('.'),
    expected: '',
    found: shapeOf(value),
  }));

describe('the path of a decode issue', () => {
  it('leads to what was found, through records, lists, unions, intersections and codecs around them', () => {
    assertPathsLeadThere(decodeIssuesOf);
  });

  it('is not just the steps of io-ts, which number the members of unions', () => {
    expect(() => assertPathsLeadThere(withEveryStep)).toThrow('Property failed');
  });

  const grants = t.type({
    grants: t.array(t.union([t.type({ channel: t.string }), t.type({ channels: t.array(t.string) })])),
  });

  it('is written as in the programming language', () => {
    const issues = issuesOf(
      grants,
      { grants: [{ channel: 'sms' }, { channels: ['sms', 7] }] },
      decodeIssuesOf,
    );
    expect(issues).toEqual([
      { path: 'grants[1].channel', expected: 'string', found: 'nothing' },
      { path: 'grants[1].channels[1]', expected: 'string', found: 'a number' },
    ]);
  });

  it('is empty when the whole input is meant', () => {
    expect(issuesOf(t.string, 7, decodeIssuesOf)).toEqual([
      { path: '', expected: 'string', found: 'a number' },
    ]);
  });

  it('stands once, with everything that would have done there', () => {
    const codec = t.type({ a: t.union([t.string, t.number, t.string]) });
    expect(issuesOf(codec, { a: null }, decodeIssuesOf)).toEqual([
      { path: 'a', expected: 'string or number', found: 'null' },
    ]);
  });
});

describe('a decode issue', () => {
  const secret = fc
    .string({ unit: fc.constantFrom(...Array.from('qwxz0123456789')), minLength: 7, maxLength: 11 })
    .map((text) => `7${text}`);
  const address = fc.oneof(
    secret,
    secret.map((text) => `${text}@example.com`),
    secret.map((text) => `+${text}`),
  );

  it('never holds the value found, nor a key that may be an address', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(address, { minLength: 2, maxLength: 4 })
          .chain((secrets) =>
            fc.tuple(
              fc.constant(secrets),
              randomCodecs,
              randomInputs(fc.constantFrom(...secrets, ...secrets.map(Number)), fc.constantFrom(...secrets)),
            ),
          ),
        ([secrets, codec, input]) => {
          const issues = issuesOf(codec, input, decodeIssuesOf);
          const said = JSON.stringify(issues) + issues.map(sentenceOfIssue).join(' ');
          expect(secrets.filter((each) => said.includes(each))).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    ['anna@example.com', 'a string of 16 characters'],
    [[1, 2], 'a list of 2 items'],
    [{ a: 1 }, 'an object'],
    [7, 'a number'],
    [7n, 'a bigint'],
    [true, 'a boolean'],
  ])('describes the shape only: of %p', (value, shape) => {
    expect(shapeOf(value)).toBe(shape);
  });

  it('is a sentence for a person', () => {
    expect(sentenceOfIssue({ path: 'a[0]', expected: 'string', found: 'null' })).toBe(
      'a[0]: expected string, found null.',
    );
    expect(sentenceOfIssue({ path: '', expected: 'Visit', found: 'null' })).toBe(
      'The input: expected Visit, found null.',
    );
  });
});
