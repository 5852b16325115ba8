import type { EventStore } from '../event-store/event-store';
import type { AnyDocumentProjection } from './document-projection';
import type { ProjectionStore } from './projection-store';

/** Which projections the appends of a store change. */
export interface InlineOptions {
  /**
   * Projections whose documents are changed in the transaction of every append: whoever has its acknowledgement reads
   * what it made of them. Every process that appends should have the same ones. What an event cannot do is to have its
   * append refused: one that cannot be handled parks its partition.
   */
  readonly inline: readonly AnyDocumentProjection[];
}

/** An event store that changes documents together with the log. */
export interface ProjectingEventStore extends EventStore {
  /**
   * What the inline projections know. The projections of an engine may be kept in it, too, and the engine may be given
   * the inline ones: to try parked events again, to rebuild, to tell how they stand. Closed with the event store.
   */
  readonly projections: ProjectionStore;
}
