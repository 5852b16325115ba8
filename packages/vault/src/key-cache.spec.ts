import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KeyCache } from './key-cache';
import type { KeyPath } from './key-path';
import { KeyRing } from './key-ring';

const put = (cache: KeyCache, path: KeyPath): KeyRing => {
  const ring = KeyRing.create('recipient');
  cache.put({ path, ring, generation: 1, frozenAt: null, revision: 0 });
  return ring;
};

describe('the key cache', () => {
  it('holds no more keys than it may, dropping and zeroing the one not used for longest', () => {
    const cache = new KeyCache(2);
    const [first, second] = [put(cache, ['c1']), put(cache, ['c2'])];
    expect(cache.get(['c1'])?.ring).toBe(first);
    const third = put(cache, ['c3']);
    expect([first.isWiped, second.isWiped, third.isWiped]).toEqual([false, true, false]);
    expect(cache.get(['c2'])).toBeUndefined();
    expect(cache.size).toBe(2);
  });

  it('zeroes a key that is replaced', () => {
    const cache = new KeyCache(2);
    const [old, current] = [put(cache, ['c1']), put(cache, ['c1'])];
    expect([old.isWiped, current.isWiped]).toEqual([true, false]);
  });

  it('drops and zeroes what a fence covers, and nothing else', () => {
    const cache = new KeyCache(100);
    const paths: readonly KeyPath[] = [
      ['c1'],
      ['c1', 'd1'],
      ['c1', 'd1', 'r1'],
      ['c1', 'd2'],
      ['c10'],
      ['c10', 'd1', 'r1'],
    ];
    const rings = paths.map((path) => put(cache, path));
    const wiped = (): readonly number[] => rings.flatMap(({ isWiped }, index) => (isWiped ? [index] : []));
    cache.evictCoveredBy(['c1', 'd1', 'r1']);
    expect(wiped()).toEqual([2]);
    cache.evictCoveredBy(['c1', 'd1']);
    expect(wiped()).toEqual([1, 2]);
    cache.evictCoveredBy(['c1']);
    expect(wiped()).toEqual([0, 1, 2, 3]);
    expect(cache.paths()).toEqual([['c10'], ['c10', 'd1', 'r1']]);
  });

  it('takes a key that comes along only where it pushes out no other', () => {
    const cache = new KeyCache(2);
    const ringIn = (path: KeyPath): KeyRing => {
      const ring = KeyRing.create('recipient');
      cache.putIfRoom({ path, ring, generation: 1, frozenAt: null, revision: 0 });
      return ring;
    };
    const [first, second, refused] = [put(cache, ['c1']), ringIn(['c2']), ringIn(['c3'])];
    expect([first.isWiped, second.isWiped, refused.isWiped]).toEqual([false, false, true]);
    const renewed = ringIn(['c2']);
    expect([first.isWiped, second.isWiped, renewed.isWiped]).toEqual([false, true, false]);
  });

  it('finds the recipients of one data set, and nobody beside or above', () => {
    const cache = new KeyCache(9);
    const ring = put(cache, ['c1', 'd1', 'r1']);
    put(cache, ['c1', 'd1']);
    const keyOf = cache.recipientsIn(['c1', 'd1']);
    expect(keyOf('r1')?.ring).toBe(ring);
    expect([keyOf('r2'), keyOf('d1'), cache.recipientsIn(['c2', 'd1'])('r1')]).toEqual(
      Array.from({ length: 3 }),
    );
  });

  it('keeps nothing once it is closed', () => {
    const cache = new KeyCache(100);
    const before = put(cache, ['c1']);
    cache.close();
    const after = put(cache, ['c2']);
    expect([before.isWiped, after.isWiped, cache.size]).toEqual([true, true, 0]);
  });

  it('never gives out a zeroed key, and zeroes every key that it does not hold', () => {
    const step = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), isPut: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step), fc.nat({ max: 3 }), (steps, maxKeys) => {
        const cache = new KeyCache(maxKeys);
        const rings: KeyRing[] = [];
        for (const { id, isPut } of steps) {
          if (isPut) rings.push(put(cache, [id]));
          else expect(cache.get([id])?.ring.isWiped ?? false).toBe(false);
        }
        expect(cache.size).toBeLessThanOrEqual(maxKeys);
        expect(rings.filter(({ isWiped }) => !isWiped)).toHaveLength(cache.size);
      }),
    );
  });
});
