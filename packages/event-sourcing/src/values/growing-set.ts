/**
 * A set that never changes: what grows is a new one, which shares nearly everything with the one before, so that a
 * long history of additions stays cheap. Layers of falling sizes, each at least twice the next.
 */
export type GrowingSet<T> = readonly ReadonlySet<T>[];

export const hasGrown = <T>(layers: GrowingSet<T>, item: T): boolean =>
  layers.some((layer) => layer.has(item));

export const grownBy = <T>(layers: GrowingSet<T>, item: T): GrowingSet<T> => {
  if (hasGrown(layers, item)) return layers;
  let added = new Set([item]);
  let kept = layers.length;
  for (; kept > 0; kept -= 1) {
    const layer = layers[kept - 1] as ReadonlySet<T>;
    if (layer.size >= 2 * added.size) break;
    added = new Set([...layer, ...added]);
  }
  return [...layers.slice(0, kept), added];
};
