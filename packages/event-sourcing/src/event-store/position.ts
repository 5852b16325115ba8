import type { Branded } from '../values/brand';

/**
 * A place in the log of one store. Opaque, ordered within its store, printable. It names its store, so that a
 * checkpoint can never be applied to another or to a restored one.
 */
export type Position = Branded<'Position'>;

/** The identity of one store's log; a store that is restored or copied for another use gets a new one. */
export type StoreId = Branded<'StoreId'>;

/** Two positions of different stores were compared, or a position is not one at all. */
export class PositionError extends Error {
  readonly code = 'position-mismatch';
  override readonly name = 'PositionError';
}

/** The position at `place`: one number for a single log, commit and prepare for EventStoreDB. */
export const positionOf = (storeId: StoreId, ...place: readonly (number | bigint)[]): Position =>
  // Every event that is read has one: a list of one number is not joined.
  `${storeId}:${place.length === 1 ? String(place[0]) : place.join('.')}` as Position;

const separatorOf = (position: Position): number => {
  const separator = position.lastIndexOf(':');
  if (separator < 1) throw new PositionError('Expected a position like "<store id>:<place>".');
  return separator;
};

/** The store that a position belongs to. */
export const storeIdOf = (position: Position): StoreId => position.slice(0, separatorOf(position)) as StoreId;

/** The numbers behind the store id. Throws a `PositionError` when they are none. */
export const placeOf = (position: Position): readonly bigint[] =>
  position
    .slice(separatorOf(position) + 1)
    .split('.')
    .map((part) => {
      if (!/^\d{1,20}$/.test(part)) throw new PositionError('Expected decimal numbers as the place.');
      return BigInt(part);
    });

/** Negative when `left` comes first, 0 when they are the same place, positive otherwise. */
export const comparePositions = (left: Position, right: Position): number => {
  if (left === right) return 0;
  if (storeIdOf(left) !== storeIdOf(right)) {
    throw new PositionError('Positions of two different stores have no order: each belongs to its own log.');
  }
  const [leftPlace, rightPlace] = [placeOf(left), placeOf(right)];
  for (const [index, part] of leftPlace.entries()) {
    const other = rightPlace[index] ?? 0n;
    if (part !== other) return part < other ? -1 : 1;
  }
  return leftPlace.length - rightPlace.length;
};
