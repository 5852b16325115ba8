import type { DomainEvent, EventCodec } from '../codecs/event-codec';
import type { RecordedEvent } from '../event-store/event-store';
import type { Instant } from '../values/instant';
import type { Position } from '../event-store/position';
import type { Uuid } from '../values/uuid';

/** A domain event with what its place in the log says about it. */
export interface ProjectedEvent<Event> {
  readonly event: Event;
  readonly eventId: Uuid;
  readonly stream: string;
  readonly position: Position;
  readonly recordedAt: Instant;
}

/**
 * A question, answered by folding events. The state may be mutated by `handle`: nothing else sees it while
 * that happens. `version` says when an older state is no longer worth keeping.
 */
export interface Projection<State, Event extends DomainEvent> {
  readonly name: string;
  readonly version: number;
  readonly codec: EventCodec<Event>;
  readonly initialState: () => State;
  readonly handle: (state: State, event: ProjectedEvent<Event>) => State;
  /** What must keep its order by itself: an event that cannot be handled holds up its own partition only. */
  readonly partitionOf: (event: RecordedEvent) => string;
}

/** An event that could not be handled, and with which its partition waits. */
export interface ParkedPartition {
  readonly partition: string;
  readonly position: Position;
  readonly stream: string;
  readonly type: string;
  readonly reason: string;
  /** How many later events of the partition wait behind it. */
  readonly held: number;
}
