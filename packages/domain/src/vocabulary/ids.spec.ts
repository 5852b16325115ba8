import { describe, expect, it } from '@jest/globals';
import { isRight, right, type Either } from 'fp-ts/Either';
import * as ids from './ids';

const { clause, storeName, ...others } = ids;
const uuid = '0b7d1c6e-8a55-4c8e-9b1e-3f6a1f0c2d11';

const refused = (label: string, value: unknown) => [label, value] as const;
const notUuids = [
  refused('a name', 'Anna Nowak'),
  refused('an address', 'anna@example.org'),
  refused('a number in words', '4711'),
  refused('a number', 4711),
  refused('nothing', undefined),
  refused('the empty text', ''),
  refused('upper case', uuid.toUpperCase()),
  refused('braces', `{${uuid}}`),
  refused('no hyphens', uuid.replaceAll('-', '')),
  refused('a line after it', `${uuid}\n`),
  refused('a list of one', [uuid]),
];

describe.each(Object.entries(others))('an id: %s', (_name, codec) => {
  it('is a UUID in lower case', () => {
    expect(codec.decode(uuid)).toEqual(right(uuid));
    expect(codec.is(uuid)).toBe(true);
    expect(codec.encode(uuid as never)).toBe(uuid);
  });

  it.each(notUuids)('is never %s', (_label, value) => {
    const decoded: Either<unknown, string> = codec.decode(value);
    expect(isRight(decoded)).toBe(false);
    expect(codec.is(value)).toBe(false);
  });
});

describe('the name of a store', () => {
  it.each(['message-archive', 'db', 'queue2', 'eu-west-1-backup'])('can be %s', (name) => {
    expect(isRight(storeName.decode(name))).toBe(true);
  });

  it.each([
    refused('upper case', 'Archive'),
    refused('an address', 'anna@example.org'),
    refused('two words', 'message archive'),
    refused('a leading digit', '2-queue'),
    refused('a leading hyphen', '-queue'),
    refused('a trailing hyphen', 'queue-'),
    refused('two hyphens in a row', 'send--queue'),
    refused('a path', 'archive/2026'),
    refused('the empty text', ''),
    refused('a line after it', 'queue\n'),
    refused('a list of one', ['queue']),
  ])('has no %s', (_label, value) => {
    expect(isRight(storeName.decode(value))).toBe(false);
    expect(storeName.is(value)).toBe(false);
  });
});

describe('the number of a clause', () => {
  it.each(['1', '12', '2.b', '7.5.1', '999.zzz', '1.2.3.4.5'])('can be %s', (number) => {
    expect(isRight(clause.decode(number))).toBe(true);
  });

  it.each(['', 'b', 'II', '1.', '.1', '1..2', '2.B', '1000', '1.2.3.4.5.6', '1.abcd', '2 b', '1\n'])(
    'cannot be %j',
    (number) => {
      expect(isRight(clause.decode(number))).toBe(false);
    },
  );

  it('cannot be a number without quotes', () => expect(isRight(clause.decode(1))).toBe(false));
});
