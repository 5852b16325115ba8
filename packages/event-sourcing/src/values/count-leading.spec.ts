import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countLeading } from './count-leading';

// Few numbers, so that many are the same, and the bound is mostly one of them.
const number = fc.integer({ min: 0, max: 9 });
const inOrder = fc.array(number, { maxLength: 40 }).map((numbers) => numbers.toSorted());

const countOneByOne: typeof countLeading = (items, isLeading) => items.filter(isLeading).length;

const counts = (count: typeof countLeading) =>
  fc.property(inOrder, number, (numbers, bound) => {
    const isLeading = (one: number): boolean => one <= bound;
    expect(count(numbers, isLeading)).toBe(countOneByOne(numbers, isLeading));
  });

describe('how many lead', () => {
  it('is what counting them one by one comes to', () => {
    fc.assert(counts(countLeading));
  });

  it.each<readonly [string, typeof countLeading]>([
    ['leaves out the last one', (items, isLeading) => countLeading(items.slice(0, -1), isLeading)],
    [
      'stops at the first of several equal ones',
      (items, isLeading) => countLeading([...new Set(items)], isLeading),
    ],
    ['counts one too many', (items, isLeading) => Math.min(items.length, countLeading(items, isLeading) + 1)],
  ])('this notices a count that %s', (_, mutant) => {
    expect(fc.check(counts(mutant), { seed: 1, endOnFailure: true }).failed).toBe(true);
  });

  it('is found by looking at few', () => {
    fc.assert(
      fc.property(inOrder, number, (numbers, bound) => {
        let looks = 0;
        countLeading(numbers, (one) => {
          looks += 1;
          return one <= bound;
        });
        expect(looks).toBeLessThanOrEqual(Math.ceil(Math.log2(numbers.length + 1)));
      }),
    );
  });
});
