import {
  EventStoreError,
  pageSizeOf,
  versionAfterOf,
  type EventFilter,
  type LogPage,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type StoreId,
  type StreamPage,
} from '@mandate/event-sourcing';
import type { Credentials, EventStoreDbClient, LogPlace } from '../client';
import { isShown, recordedEventReader } from '../event-format';
import { isAfter, placeAt, positionAt } from '../log-place';
import { visitRead } from './client-reading';
import type { LogHead } from './log-head';
import { isGone, type ReadInTime } from './reading-in-time';

export interface EventReader {
  readonly readStream: (stream: string, options: ReadStreamOptions) => Promise<StreamPage>;
  readonly readAll: (options: ReadAllOptions) => Promise<LogPage>;
  readonly lastVersionOf: (stream: string) => Promise<number>;
}

interface LogRequest {
  readonly after: LogPlace | undefined;
  readonly filter: EventFilter | undefined;
  readonly size: number;
  /** At most so many events are looked at, however few of them are wanted. */
  readonly lookMax: number;
}

/** A stretch of the log that was looked at. */
interface LogStretch {
  readonly events: readonly RecordedEvent[];
  /** The last place of it. */
  readonly last: LogPlace | undefined;
  readonly isAtHead: boolean;
}

export interface EventReaderOptions {
  readonly client: EventStoreDbClient;
  readonly credentials: Credentials;
  readonly storeId: StoreId;
  readonly readInTime: ReadInTime;
  readonly head: LogHead;
  /** How long a page looks for its first event before it is returned without one. */
  readonly fruitlessMs: number;
}

/** How much of the log is read at once at least; the client of 6.2 cannot let the server filter what it reads. */
const stretchMin = 500;

const isFruitless = ({ events, isAtHead }: LogStretch): boolean => events.length === 0 && !isAtHead;

const requireNoGap = (events: readonly RecordedEvent[], after: number): void => {
  for (const [index, { version, position, stream, type }] of events.entries()) {
    const expected = after + index + 1;
    if (version === expected) continue;
    const reason = `expected version ${expected} of the stream, found version ${version}`;
    throw new EventStoreError({ kind: 'corrupt', position, stream, type, reason });
  }
};

export const eventReaderOf = (options: EventReaderOptions): EventReader => {
  const { client, credentials, storeId, readInTime, head, fruitlessMs } = options;
  const toEvent = recordedEventReader(storeId);

  const eventsOfStream = (
    stream: string,
    from: number,
    maxCount: number,
  ): Promise<readonly RecordedEvent[]> =>
    readInTime(async (silenceMs) => {
      const events: RecordedEvent[] = [];
      const read = client.readStream(stream, {
        direction: 'forwards',
        fromRevision: BigInt(from),
        maxCount,
        credentials,
        // What is decided on must be what was acknowledged.
        requiresLeader: true,
      });
      try {
        await visitRead(read, silenceMs, (event) => events.push(toEvent(event)) > 0);
      } catch (error) {
        if (!isGone(error)) throw error;
      }
      return events;
    });

  const readStream: EventReader['readStream'] = async (stream, { after, limit }) => {
    const [from, size] = [versionAfterOf(after), pageSizeOf(limit)];
    const found = await eventsOfStream(stream, from, size + 1);
    requireNoGap(found, from);
    const events = found.slice(0, size);
    return { events, next: events.at(-1)?.version ?? from, atEnd: found.length <= size };
  };

  const readLog = ({ after, filter, size, lookMax }: LogRequest): Promise<LogStretch> =>
    readInTime(async (silenceMs) => {
      const events: RecordedEvent[] = [];
      let [last, looked, isAtHead] = [after, 0, true];
      const read = client.readAll({
        direction: 'forwards',
        fromPosition: after ?? 'start',
        // One for the event at the start, which is part of a read, and one to see whether there are more.
        maxCount: lookMax + 2,
        credentials,
        requiresLeader: true,
      });
      await visitRead(read, silenceMs, (event) => {
        const { position } = event;
        if (position === undefined || !isAfter(position, after)) return true;
        if (events.length === size || looked === lookMax) return (isAtHead = false);
        [last, looked] = [position, looked + 1];
        if (isShown(filter, event)) events.push(toEvent(event));
        return true;
      });
      return { events, last, isAtHead };
    });

  const lastVersionOf = (stream: string): Promise<number> =>
    readInTime(async (silenceMs) => {
      let version = 0;
      const read = client.readStream(stream, {
        direction: 'backwards',
        fromRevision: 'end',
        maxCount: 1,
        credentials,
        requiresLeader: true,
      });
      try {
        await visitRead(read, silenceMs, ({ revision }) => (version = Number(revision) + 1) > 0);
      } catch (error) {
        if (!isGone(error)) throw error;
      }
      return version;
    });

  return {
    readStream,
    lastVersionOf,
    readAll: async ({ after, limit, filter }) => {
      const [place, size] = [placeAt(storeId, after), pageSizeOf(limit)];
      const lookMax = Math.max(size, stretchMin);
      let stretch = await readLog({ after: place, filter, size, lookMax });
      const startedAt = performance.now();
      while (isFruitless(stretch) && performance.now() - startedAt < fruitlessMs) {
        stretch = await readLog({ after: stretch.last, filter, size, lookMax });
      }
      const { events, last, isAtHead } = stretch;
      // Nothing after a place can mean that the log does not even reach that far.
      if (place !== undefined && last === place) await head.requireReached(place);
      return {
        events,
        next: last === undefined ? undefined : positionAt(storeId, last),
        atHead: isAtHead,
      };
    },
  };
};
