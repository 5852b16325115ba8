import { EventStoreError, type EventStore, type Uuid, type Version } from '@mandate/event-sourcing';

interface Place {
  readonly stream: string;
  readonly version: Version;
}

/**
 * What EventStoreDB lacks, for as long as one test runs: a store that refuses an event id that stands at another place.
 * With it, everything else can be compared with stores that refuse such ids.
 */
export const withUniqueEventIds = (
  store: EventStore,
  places: Map<Uuid, Place> = new Map<Uuid, Place>(),
): EventStore => ({
  ...store,
  append: async (stream, expected, events) => {
    const first = expected === 'no-stream' ? 1 : expected + 1;
    const known = events.find(({ eventId }, index) => {
      const place = places.get(eventId);
      return place !== undefined && (place.stream !== stream || place.version !== first + index);
    });
    const length = [...places.values()].filter((place) => place.stream === stream).length;
    if (known !== undefined && length === first - 1) {
      throw new EventStoreError({ kind: 'duplicate-event-id', eventId: known.eventId, stream });
    }
    const result = await store.append(stream, expected, events);
    events.forEach(({ eventId }, index) => places.set(eventId, { stream, version: first + index }));
    return result;
  },
});
