import type { Version } from '../event-store/event-store';
import { contentOf, harmless, sealedSnapshot, stateIn, type StateCodec } from '../snapshots/sealed-snapshot';
import type { Snapshot, SnapshotStore } from '../snapshots/snapshot-store';
import { isUuid, type Uuid } from '../values/uuid';
import type { LoadedAggregate } from './aggregate-memory';

/** The snapshots of one load of an aggregate. */
export interface SnapshotVisit<State> {
  /** What is kept, if it is whole and of this version. Whether it fits the stream is for the loader to see. */
  readonly recall: () => Promise<LoadedAggregate<State> | undefined>;
  /** Keeps an aggregate that was loaded from `from` on, when enough events have come since. */
  readonly keep: (aggregate: LoadedAggregate<State>, from: Version) => Promise<void>;
}

/** Where the aggregates of one kind are kept from one process to the next. Never fails; see `onFailure`. */
export interface AggregateSnapshots<State> {
  readonly visit: (stream: string) => SnapshotVisit<State>;
}

export interface AggregateSnapshotsOptions<State> {
  readonly snapshotStore: SnapshotStore;
  /** The kind of aggregate: letters in lower case, digits and hyphens. Kinds that share streams need two names. */
  readonly name: string;
  /** To be raised whenever `evolve`, the state or its JSON changes: older snapshots are not used any more. */
  readonly version: number;
  readonly codec: StateCodec<State>;
  /** A snapshot is kept whenever a stream has grown past a multiple of so many events. Default 500. */
  readonly everyEvents?: number;
  /** Told what the snapshot store or the codec threw. The command goes on without a snapshot. */
  readonly onFailure?: (error: unknown) => void;
}

const checkOptions = (name: string, everyEvents: number): void => {
  if (!/^[a-z0-9-]{1,100}$/.test(name)) {
    throw new RangeError('Expected as name 1 to 100 letters in lower case, digits and hyphens.');
  }
  if (!Number.isSafeInteger(everyEvents) || everyEvents < 1) {
    throw new RangeError('Expected everyEvents to be a whole number, 1 or more.');
  }
};

const isListOfIds = (value: unknown): value is readonly Uuid[] =>
  Array.isArray(value) && value.every((id) => isUuid(id));

/** Keeps aggregates of one kind as snapshots, so that a long stream is not read from its beginning by every process. */
export const createAggregateSnapshots = <State>(
  options: AggregateSnapshotsOptions<State>,
): AggregateSnapshots<State> => {
  const { snapshotStore, name, version, codec, everyEvents = 500, onFailure } = options;
  const report = harmless(onFailure);
  checkOptions(name, everyEvents);
  /** The latest one that was read before a load which is over, or is still to come. */
  let knownEpoch: number | undefined;

  const aggregateIn = (key: string, snapshot: Snapshot): LoadedAggregate<State> | undefined => {
    const content = contentOf(key, version, snapshot);
    const commandIds = content?.['commandIds'];
    const box = stateIn(codec, content?.['state']);
    if (box === undefined || !isListOfIds(commandIds)) return undefined;
    const last = { eventId: snapshot.lastEventId, position: snapshot.position };
    return { state: box.state, version: snapshot.eventCount, last, commandIds: [new Set(commandIds)] };
  };

  const snapshotOf = (
    key: string,
    { state, version: eventCount, commandIds }: LoadedAggregate<State>,
    { eventId: lastEventId, position }: NonNullable<LoadedAggregate<State>['last']>,
  ): Snapshot => {
    const content = { state: codec.encode(state), commandIds: commandIds.flatMap((layer) => [...layer]) };
    return sealedSnapshot(key, { definitionVersion: version, eventCount, lastEventId, position }, content);
  };

  const hasPassedMultiple = (from: Version, to: Version): boolean =>
    Math.floor(to / everyEvents) > Math.floor(from / everyEvents);

  return {
    visit: (stream) => {
      const key = `aggregate/${name}/${stream}`;
      // Of the time before the stream is read: what is erased meanwhile must not be kept.
      let epoch = knownEpoch;

      return {
        recall: async () => {
          try {
            const reading = await snapshotStore.read(key);
            epoch = knownEpoch = reading.epoch;
            return reading.snapshot && aggregateIn(key, reading.snapshot);
          } catch (error) {
            report(error);
            return undefined;
          }
        },
        keep: async (aggregate, from) => {
          const { last } = aggregate;
          if (last === undefined || !hasPassedMultiple(from, aggregate.version)) return;
          try {
            const snapshot = snapshotOf(key, aggregate, last);
            const isKept = epoch !== undefined && (await snapshotStore.write(key, snapshot, epoch));
            // The next load is another chance.
            if (!isKept) knownEpoch = (await snapshotStore.read(key)).epoch;
          } catch (error) {
            report(error);
          }
        },
      };
    },
  };
};
