import type { DomainEvent } from '../codecs/event-codec';
import type { EventStore, RecordedEvent } from '../event-store/event-store';
import { isEventStoreError } from '../event-store/event-store-error';
import type { Position } from '../event-store/position';
import { contentOf, harmless, sealedSnapshot, stateIn, type StateCodec } from '../snapshots/sealed-snapshot';
import type { Snapshot, SnapshotStore } from '../snapshots/snapshot-store';
import type { Projection } from './projection';

/** How the state of a projection in memory is kept from one process to the next. */
export interface ProjectionSnapshotOptions<State> {
  readonly snapshotStore: SnapshotStore;
  /** Raise the `version` of the projection whenever its fold, its state or its JSON changes. */
  readonly codec: StateCodec<State>;
  /** A snapshot is kept when so many events have been folded since the last one. Default 10,000. */
  readonly everyEvents?: number;
  /** Told what the snapshot store or the codec threw. The projection goes on without a snapshot. */
  readonly onFailure?: (error: unknown) => void;
}

/** What was folded, and up to which event. */
export interface Folded<State> {
  readonly state: State;
  readonly eventCount: number;
  readonly last: EventPlace;
}

/** An event, and a position from which it is the next one that the projection wants. */
export interface EventPlace {
  readonly eventId: RecordedEvent['eventId'];
  readonly position: Position;
  readonly before: Position | undefined;
}

export interface ProjectionSnapshots<State> {
  /** What is kept, if it is whole, of this version, and its last event is still where it was. */
  readonly recall: () => Promise<Folded<State> | undefined>;
  /** Keeps what was folded, if enough events have come since the last time. */
  readonly keep: (folded: Folded<State>) => Promise<void>;
}

type Store = Pick<EventStore, 'readAll'>;

/** The first event behind a position that has one of these types. */
const nextEvent = async (
  store: Store,
  types: readonly string[],
  before: Position | undefined,
): Promise<RecordedEvent | undefined> => {
  let after = before;
  for (;;) {
    const page = await store.readAll({ after, filter: { types }, limit: 1 });
    const [event] = page.events;
    if (event !== undefined || page.atHead) return event;
    after = page.next;
  }
};

/** That the store has never heard of a position, since it was restored or is another one. */
const isForeign = (error: unknown): boolean =>
  isEventStoreError(error) && ['foreign-position', 'position-beyond-head'].includes(error.code);

const isStillThere = async (
  store: Store,
  types: readonly string[],
  { eventId, position, before }: EventPlace,
): Promise<boolean> => {
  try {
    const event = await nextEvent(store, types, before);
    return event?.eventId === eventId && event.position === position;
  } catch (error) {
    if (isForeign(error)) return false;
    throw error;
  }
};

const isPosition = (value: unknown): value is Position | null => value === null || typeof value === 'string';

const checkInterval = (everyEvents: number): void => {
  if (Number.isSafeInteger(everyEvents) && everyEvents >= 1) return;
  throw new RangeError('Expected everyEvents to be a whole number, 1 or more.');
};

/** The snapshots of one projection, for one life of it. */
export const projectionSnapshotsOf = <State, Event extends DomainEvent>(
  store: Store,
  { name, version, codec: { types } }: Projection<State, Event>,
  options: ProjectionSnapshotOptions<State>,
): ProjectionSnapshots<State> => {
  const { snapshotStore, codec, everyEvents = 10_000, onFailure } = options;
  const report = harmless(onFailure);
  checkInterval(everyEvents);
  const key = `projection/${name}`;
  /** Of the time before anything was folded: what has been erased since must not be kept. */
  let epoch: number | undefined;
  let keptEvents = 0;

  const foldedIn = (snapshot: Snapshot): Folded<State> | undefined => {
    const content = contentOf(key, version, snapshot);
    const before = content?.['before'];
    // Another list of types would have let other events in.
    if (JSON.stringify(content?.['types']) !== JSON.stringify(types) || !isPosition(before)) return undefined;
    const box = stateIn(codec, content?.['state']);
    const { lastEventId: eventId, position, eventCount } = snapshot;
    return box && { ...box, eventCount, last: { eventId, position, before: before ?? undefined } };
  };

  const read = async (): Promise<Folded<State> | undefined> => {
    try {
      const reading = await snapshotStore.read(key);
      epoch = reading.epoch;
      return reading.snapshot && foldedIn(reading.snapshot);
    } catch (error) {
      report(error);
      return undefined;
    }
  };

  return {
    recall: async () => {
      const folded = await read();
      if (folded === undefined || !(await isStillThere(store, types, folded.last))) return undefined;
      keptEvents = folded.eventCount;
      return folded;
    },
    keep: async ({ state, eventCount, last }) => {
      if (epoch === undefined || eventCount - keptEvents < everyEvents) return;
      keptEvents = eventCount;
      const { eventId: lastEventId, position, before = null } = last;
      const unsealed = { definitionVersion: version, eventCount, lastEventId, position };
      try {
        const snapshot = sealedSnapshot(key, unsealed, { state: codec.encode(state), before, types });
        // What this life has folded may be erased by now, and the next one begins anew.
        if (!(await snapshotStore.write(key, snapshot, epoch))) epoch = undefined;
      } catch (error) {
        report(error);
      }
    },
  };
};
