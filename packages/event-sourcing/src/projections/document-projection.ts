import type { EventStore, RecordedEvent } from '../event-store/event-store';
import type { DomainEvent, EventCodec } from '../codecs/event-codec';
import type { JsonObject } from '../values/json';
import type { ProjectedEvent } from './projection';

/**
 * A question whose answer is kept as documents, one for each key, so that it survives a restart and need not fit into
 * memory. Pure: the same events always give the same documents. `version` changes whenever the answer would; a new
 * version is built beside the old one and takes its place when it has caught up.
 */
export interface DocumentProjection<Document extends JsonObject, Event extends DomainEvent> {
  /** Letters in lower case, digits and hyphens. */
  readonly name: string;
  readonly version: number;
  readonly codec: Pick<EventCodec<Event>, 'types' | 'decode'>;
  /** What must keep its order by itself: an event that cannot be handled holds up its own partition only. */
  readonly partitionOf: (event: RecordedEvent) => string;
  /** The documents, within its partition, that an event changes. */
  keysOf(event: ProjectedEvent<Event>): readonly string[];
  /** A document after an event; absent before the first one, and when it is to be removed. */
  evolve(document: Document | undefined, event: ProjectedEvent<Event>, key: string): Document | undefined;
}

/**
 * A projection whose types do not matter to whoever runs it: every projection is one. Its functions are declared as
 * methods for that; they are given only what the projection's own codec and functions have made.
 */
export type AnyDocumentProjection = DocumentProjection<JsonObject, DomainEvent>;

/** What an engine reads from. */
export type ProjectedStore = Pick<EventStore, 'readAll'>;
