import {
  EventStoreError,
  placeOf,
  positionOf,
  storeIdOf,
  type Position,
  type StoreId,
} from '@mandate/event-sourcing';
import type { SqliteDatabase } from '../driver';

/** The end of the log, and the places that positions stand for. */
export interface LogHead {
  /** The place of the last event ever recorded, 0 in a new store. */
  place(): number;
  /** The place behind a position, 0 for none. Throws `foreign-position` or `position-beyond-head`. */
  placeAfter(after: Position | undefined): number;
  /** The position of a place; none for 0, since nothing lies there. */
  positionAt(place: number): Position | undefined;
}

export const logHeadOf = (database: SqliteDatabase, storeId: StoreId): LogHead => {
  // Not the last row: AUTOINCREMENT remembers the highest place ever given.
  const select = database.prepare("SELECT seq AS place FROM sqlite_sequence WHERE name = 'event'");
  const place = (): number => (select.get() as { readonly place: number } | undefined)?.place ?? 0;
  return {
    place,
    positionAt: (at) => (at === 0 ? undefined : positionOf(storeId, at)),
    placeAfter: (after) => {
      if (after === undefined) return 0;
      const found = storeIdOf(after);
      if (found !== storeId)
        throw new EventStoreError({ kind: 'foreign-position', expected: storeId, found });
      const [wanted = 0n] = placeOf(after);
      const head = place();
      if (wanted <= BigInt(head)) return Number(wanted);
      throw new EventStoreError({ kind: 'position-beyond-head', position: after, head: String(head) });
    },
  };
};
