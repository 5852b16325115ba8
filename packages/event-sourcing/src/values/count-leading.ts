/**
 * How many items at the beginning of a list are `leading`, in a list of which no other item is: one in the order of
 * time, for instance, and what comes before an instant. Looks at a few items only, about the binary logarithm of all.
 */
export const countLeading = <Item>(items: readonly Item[], isLeading: (item: Item) => boolean): number => {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    // Below the length there is one.
    if (isLeading(items[middle] as Item)) low = middle + 1;
    else high = middle;
  }
  return low;
};
