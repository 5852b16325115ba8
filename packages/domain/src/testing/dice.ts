import fc from 'fast-check';
import type { NonEmpty } from '../vocabulary';

/**
 * Choices in the order in which they are needed. They shrink towards 0, so the first item of a list to pick from
 * is the one that a reader of a counterexample should find.
 */
export class Dice {
  readonly #throws: readonly number[];
  #next = 0;

  constructor(throws: readonly number[]) {
    this.#throws = throws;
  }

  /** A whole number from 0 up to, but not including, `below`. */
  number(below: number): number {
    const thrown = this.#throws[this.#next] ?? 0;
    this.#next += 1;
    return thrown % below;
  }

  /** One item of a list. */
  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.number(items.length)] ?? items[0];
  }

  /** One item of a list that may be empty, and then something else. */
  pickOr<Item>(items: readonly Item[], otherwise: Item): Item {
    const [first, ...others] = items;
    return first === undefined ? otherwise : this.pick([first, ...others]);
  }

  /** Some items of a list in its order: the first one alone, or any other selection. */
  some<Item>(items: NonEmpty<Item>): NonEmpty<Item> {
    const selection = this.number(2 ** items.length - 1) + 1;
    const [first, ...others] = items.filter((_item, index) => Math.trunc(selection / 2 ** index) % 2 === 1);
    return first === undefined ? [items[0]] : [first, ...others];
  }

  /** True about once in `times`; never at the end of shrinking. */
  once(times: number): boolean {
    return this.number(times) === times - 1;
  }
}

/** As many throws as anything that takes dice needs at the most. */
export const arbitraryThrows: fc.Arbitrary<readonly number[]> = fc.array(fc.nat(0xffff), {
  minLength: 32,
  maxLength: 32,
});
