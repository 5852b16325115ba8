/** How many of some numbers in order are at most a bound. */
export const countUpTo = (bound: number, numbers: readonly number[]): number => {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? Infinity) <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
};
