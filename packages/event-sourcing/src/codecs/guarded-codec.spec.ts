import { describe, expect, it } from '@jest/globals';
import { isRight } from 'fp-ts/Either';
import { isRecord, patternCodec } from './guarded-codec';

describe('a codec of a pattern', () => {
  const digit = patternCodec<'1' | '2'>(/^[12]$/, 'one or two');

  it('says by its name what it expects', () => expect(digit.name).toBe('one or two'));

  it('gives back the text it was given', () => {
    expect(digit.decode('2')).toEqual({ _tag: 'Right', right: '2' });
    expect(digit.encode('2')).toBe('2');
    expect(isRight(digit.decode('3'))).toBe(false);
  });
});

describe('a record', () => {
  it.each([{}, { a: 1 }, Object.create(null) as object])('is an object with named fields: %j', (value) => {
    expect(isRecord(value)).toBe(true);
  });

  it.each([null, undefined, [], 'text', 7])('is nothing else: %j', (value) => {
    expect(isRecord(value)).toBe(false);
  });
});
