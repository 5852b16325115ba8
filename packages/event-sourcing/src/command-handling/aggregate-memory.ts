import type { Version } from '../event-store/event-store';
import type { Position } from '../event-store/position';
import type { GrowingSet } from '../values/growing-set';
import type { Uuid } from '../values/uuid';

/** An aggregate as its stream makes it. */
export interface LoadedAggregate<State> {
  readonly state: State;
  readonly version: Version;
  /** The id and the position of the last event; absent: there is none. */
  readonly last?: { readonly eventId: Uuid; readonly position: Position };
  /** The commands that recorded its events. */
  readonly commandIds: GrowingSet<Uuid>;
}

/**
 * Remembers aggregates from one command to the next, so that only what is new in a stream is read. Nothing depends
 * on it: whatever is remembered is compared with the stream first, and forgotten when it does not fit.
 */
export interface AggregateMemory<State> {
  readonly recall: (stream: string) => LoadedAggregate<State> | undefined;
  readonly remember: (stream: string, aggregate: LoadedAggregate<State>) => void;
  readonly forget: (stream: string) => void;
}

export interface AggregateMemoryOptions {
  /** How many events the remembered aggregates may have together; the ones not used for longest go. Default 100,000. */
  readonly eventsMax?: number;
}

/** A memory of limited size, for the aggregates of one kind. */
export const createAggregateMemory = <State>({
  eventsMax = 100_000,
}: AggregateMemoryOptions = {}): AggregateMemory<State> => {
  // In the order of their last use.
  const remembered = new Map<string, LoadedAggregate<State>>();
  let events = 0;

  const forget = (stream: string): void => {
    events -= remembered.get(stream)?.version ?? 0;
    remembered.delete(stream);
  };

  return {
    recall: (stream) => remembered.get(stream),
    remember: (stream, aggregate) => {
      forget(stream);
      remembered.set(stream, aggregate);
      events += aggregate.version;
      for (const oldest of remembered.keys()) {
        if (events <= eventsMax) return;
        forget(oldest);
      }
    },
    forget,
  };
};
