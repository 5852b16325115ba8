import {
  EventStoreError,
  placeOf,
  positionOf,
  storeIdOf,
  type Position,
  type StoreId,
} from '@mandate/event-sourcing';
import type { LogPlace } from './client';

/** Negative when `left` comes first: by commit, then by prepare. */
export const comparePlaces = (left: LogPlace, right: LogPlace): number => {
  if (left.commit !== right.commit) return left.commit < right.commit ? -1 : 1;
  if (left.prepare === right.prepare) return 0;
  return left.prepare < right.prepare ? -1 : 1;
};

/** Whether a place lies after another one, which may be the beginning of the log. */
export const isAfter = (place: LogPlace, other: LogPlace | undefined): boolean =>
  other === undefined || comparePlaces(place, other) > 0;

export const positionAt = (storeId: StoreId, { commit, prepare }: LogPlace): Position =>
  positionOf(storeId, commit, prepare);

/** The place of a position of this store. Throws `foreign-position` for one of another, `invalid-read` for half a one. */
export const placeAt = (storeId: StoreId, position: Position | undefined): LogPlace | undefined => {
  if (position === undefined) return undefined;
  const found = storeIdOf(position);
  if (found !== storeId) throw new EventStoreError({ kind: 'foreign-position', expected: storeId, found });
  const [commit, prepare] = placeOf(position);
  if (commit === undefined || prepare === undefined) {
    throw new EventStoreError({ kind: 'invalid-read', reason: 'expected a commit and a prepare position' });
  }
  return { commit, prepare };
};
