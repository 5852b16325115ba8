import type { EventFilter } from '@mandate/event-sourcing';
import type { Credentials, EventStoreDbClient, LogPlace } from '../client';
import { isShown } from '../event-format';
import { isAfter } from '../log-place';
import { visitRead } from './client-reading';
import type { ReadInTime } from './reading-in-time';

/** What lies ahead of a place. */
export interface Outlook {
  /** The last place before the first wanted event: nothing is missed by going on from there. */
  readonly last: LogPlace | undefined;
  readonly isWantedAhead: boolean;
  readonly isAtHead: boolean;
}

/** Looks a little way ahead of a place, for the first event that a filter asks for. */
export type LookAhead = (after: LogPlace | undefined, filter: EventFilter | undefined) => Promise<Outlook>;

/** More than lies between two checkpoints of a subscription. */
const lookMax = 600;

export const lookAheadWith =
  (client: EventStoreDbClient, credentials: Credentials, readInTime: ReadInTime): LookAhead =>
  (after, filter) =>
    readInTime(async (silenceMs) => {
      let [last, looked, isWantedAhead] = [after, 0, false];
      const read = client.readAll({
        direction: 'forwards',
        fromPosition: after ?? 'start',
        maxCount: lookMax,
        credentials,
        requiresLeader: true,
      });
      await visitRead(read, silenceMs, (event) => {
        looked += 1;
        if (event.position === undefined || !isAfter(event.position, after)) return true;
        isWantedAhead = isShown(filter, event);
        if (!isWantedAhead) last = event.position;
        return !isWantedAhead;
      });
      return { last, isWantedAhead, isAtHead: !isWantedAhead && looked < lookMax };
    });
