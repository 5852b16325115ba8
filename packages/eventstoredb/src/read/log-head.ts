import { EventStoreError, type StoreId } from '@mandate/event-sourcing';
import type { Credentials, EventStoreDbClient, LogPlace } from '../client';
import { comparePlaces, positionAt } from '../log-place';
import { visitRead } from './client-reading';
import type { ReadInTime } from './reading-in-time';

export interface LogHead {
  /** The place of the last event before another one's, or of the last of all. */
  readonly lastPlaceBefore: (place: LogPlace | 'end') => Promise<LogPlace | undefined>;
  /** Throws `position-beyond-head` when the log does not reach as far as a position that was given out once. */
  readonly requireReached: (place: LogPlace) => Promise<void>;
}

export const logHeadOf = (
  client: EventStoreDbClient,
  credentials: Credentials,
  readInTime: ReadInTime,
  storeId: StoreId,
): LogHead => {
  const lastPlaceBefore = (place: LogPlace | 'end'): Promise<LogPlace | undefined> =>
    readInTime(async (silenceMs) => {
      let last: LogPlace | undefined;
      const read = client.readAll({
        direction: 'backwards',
        fromPosition: place,
        maxCount: 1,
        credentials,
        // Another node may not have come as far.
        requiresLeader: true,
      });
      await visitRead(read, silenceMs, (event) => {
        last = event.position;
        return true;
      });
      return last;
    });

  return {
    lastPlaceBefore,
    requireReached: async (place) => {
      const head = await lastPlaceBefore('end');
      if (head !== undefined && comparePlaces(place, head) <= 0) return;
      throw new EventStoreError({
        kind: 'position-beyond-head',
        position: positionAt(storeId, place),
        head: head === undefined ? '0' : positionAt(storeId, head),
      });
    },
  };
};
