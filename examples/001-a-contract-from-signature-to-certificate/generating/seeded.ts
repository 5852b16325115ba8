/** Chance that is the same every time: a sequence that its seed determines. */
export interface SeededChance {
  /** A number from 0 on, below 1. */
  readonly fraction: () => number;
  /** A whole number from 0 on, below `bound`. */
  readonly below: (bound: number) => number;
  readonly oneOf: <Item>(items: readonly [Item, ...Item[]]) => Item;
  /** A UUID of version 4. */
  readonly uuid: () => string;
}

const hexDigits = (value: number, count: number): string =>
  Math.floor(value).toString(16).padStart(count, '0').slice(0, count);

/** The generator "mulberry32" of Tommy Ettinger (public domain): small, fast, and good enough for made-up people. */
export const seededChance = (seed: number): SeededChance => {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number): number => Math.floor(fraction() * bound);
  const word = (): string => hexDigits(fraction() * 2 ** 32, 8);
  const uuid = (): string => {
    const [first, second, third, fourth] = [word(), word(), word(), word()];
    const variant = '89ab'.charAt(below(4));
    return `${first}-${second.slice(0, 4)}-4${second.slice(5)}-${variant}${third.slice(1, 4)}-${third.slice(4)}${fourth}`;
  };
  return { fraction, below, oneOf: (items) => items[below(items.length)] ?? items[0], uuid };
};
