import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { grownBy, hasGrown, type GrowingSet } from './growing-set';

const sizesOf = (layers: GrowingSet<number>): readonly number[] => layers.map(({ size }) => size);

describe('a growing set', () => {
  it('holds what was added, like a set, and the one before stays as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { maxLength: 60 }), (items) => {
        let layers: GrowingSet<number> = [];
        const model = new Set<number>();
        for (const item of items) {
          const [before, copy] = [layers, layers.map((layer) => new Set(layer))];
          layers = grownBy(layers, item);
          model.add(item);
          expect(before).toEqual(copy);
        }
        for (let item = 0; item <= 40; item += 1) expect(hasGrown(layers, item)).toBe(model.has(item));
        expect(sizesOf(layers).reduce((sum, size) => sum + size, 0)).toBe(model.size);
      }),
    );
  });

  it('has few layers, however large it grows, and copies little on the way', () => {
    let layers: GrowingSet<number> = [];
    let copied = 0;
    for (let item = 0; item < 20_000; item += 1) {
      const before = layers;
      layers = grownBy(layers, item);
      copied += sizesOf(layers.filter((layer) => !before.includes(layer))).reduce(
        (sum, size) => sum + size,
        0,
      );
    }
    expect(layers.length).toBeLessThanOrEqual(15);
    expect(copied).toBeLessThan(20_000 * 15);
  });
});
