import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  comparePositions,
  placeOf,
  PositionError,
  positionOf,
  storeIdOf,
  type Position,
  type StoreId,
} from './position';

const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
// Mostly numbers so small that places share beginnings.
const number = fc.oneof(
  { weight: 1, arbitrary: uint64 },
  { weight: 4, arbitrary: fc.bigInt({ min: 0n, max: 1n }) },
);
const place = fc.array(number, { minLength: 1, maxLength: 3 });
const storeId = fc
  .oneof(fc.uuid(), fc.string({ minLength: 1 }), fc.constant('sqlite:orders'))
  .map((text) => text as StoreId);

const at = (...numbers: readonly (number | bigint)[]): Position => positionOf('s' as StoreId, ...numbers);
const somewhere = place.map((numbers) => at(...numbers));

describe('a position', () => {
  it('tells its store and its place, whatever the store is called', () => {
    fc.assert(
      fc.property(storeId, place, (id, numbers) => {
        const position = positionOf(id, ...numbers);
        expect(storeIdOf(position)).toBe(id);
        expect(placeOf(position)).toEqual(numbers);
      }),
    );
  });

  it('comes before, after or at the place of any other of its store: a total order', () => {
    fc.assert(
      fc.property(somewhere, somewhere, somewhere, (a, b, c) => {
        expect(comparePositions(a, a)).toBe(0);
        expect(Math.sign(comparePositions(a, b)) + Math.sign(comparePositions(b, a))).toBe(0);
        expect(comparePositions(a, b) === 0).toBe(a === b);
        const [first, second, third] = [a, b, c].toSorted(comparePositions) as [Position, Position, Position];
        expect(comparePositions(first, second)).toBeLessThanOrEqual(0);
        expect(comparePositions(second, third)).toBeLessThanOrEqual(0);
        expect(comparePositions(first, third)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('is ordered by number, not by text, and by its first number first', () => {
    const inOrder = [at(9), at(9, 0), at(9, 5), at(10), at(10, 1), at(2n ** 63n), at(2n ** 63n + 1n)];
    expect(inOrder.toReversed().toSorted(comparePositions)).toEqual(inOrder);
  });

  it('has no order beside a position of another store', () => {
    fc.assert(
      fc.property(fc.uniqueArray(storeId, { minLength: 2, maxLength: 2 }), place, ([one, other], numbers) => {
        const compare = (): number =>
          comparePositions(positionOf(one!, ...numbers), positionOf(other!, ...numbers));
        expect(compare).toThrow(PositionError);
        expect(compare).toThrow(expect.objectContaining({ code: 'position-mismatch' }));
      }),
    );
  });

  it.each(['', '7', ':7', 's:', 's:x', 's:-1', 's:1.', 's:1.5e3', `s:${'9'.repeat(21)}`])(
    'is not %j',
    (text) => {
      const use = (): readonly bigint[] => [
        ...placeOf(text as Position),
        BigInt(storeIdOf(text as Position).length),
      ];
      expect(use).toThrow(PositionError);
    },
  );
});
