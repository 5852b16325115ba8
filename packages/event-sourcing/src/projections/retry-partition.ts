import type { RecordedEvent } from '../event-store/event-store';
import { comparePositions, type Position } from '../event-store/position';
import type { JsonObject } from '../values/json';
import type { AnyDocumentProjection, ProjectedStore } from './document-projection';
import { leaseEnd, type FeedPorts } from './feed-generation';
import { planBatch } from './projection-batch';
import {
  placeOfDocument,
  type DocumentChange,
  type DocumentKey,
  type Generation,
  type ParkedEvent,
} from './projection-store';

/** The events after a position, up to another one, page by page. */
async function* pagesBetween(
  store: ProjectedStore,
  types: readonly string[],
  after: Position | undefined,
  upTo: Position,
): AsyncGenerator<{ readonly from: Position | undefined; readonly events: readonly RecordedEvent[] }> {
  for (let from = after; ;) {
    const page = await store.readAll({ after: from, filter: { types } });
    yield { from, events: page.events.filter(({ position }) => comparePositions(position, upTo) <= 0) };
    if (page.atHead || page.next === undefined || comparePositions(page.next, upTo) >= 0) return;
    from = page.next;
  }
}

/**
 * Goes on with a partition that waits: from its parked event, or behind it, up to where the others are. What comes
 * of it is kept at once. False when somebody else has written meanwhile.
 */
export const retryPartition = async (
  ports: FeedPorts,
  projection: AnyDocumentProjection,
  generation: Generation,
  request: { readonly waiting: ParkedEvent; readonly from: 'parked-event' | 'behind-it' },
): Promise<boolean> => {
  const { partition, position, after } = request.waiting;
  const { position: checkpoint, epoch } = generation;
  if (checkpoint === undefined) return true;
  const start = request.from === 'behind-it' ? position : after;
  const changes = new Map<string, DocumentChange>();
  let parked: readonly ParkedEvent[] = [];

  const load = async (keys: readonly DocumentKey[]): Promise<readonly (JsonObject | undefined)[]> => {
    const found = await ports.projectionStore.load(generation, keys);
    return keys.map((key, index) => {
      const changed = changes.get(placeOfDocument(key));
      return changed === undefined ? found[index] : changed.document;
    });
  };

  for await (const page of pagesBetween(ports.store, projection.codec.types, start, checkpoint)) {
    const events = page.events.filter((event) => projection.partitionOf(event) === partition);
    const plan = planBatch(projection, { events, from: page.from, parked });
    const folded = plan.fold(await load(plan.keys));
    for (const change of folded.documents) changes.set(placeOfDocument(change), change);
    parked = folded.parked.length > 0 ? folded.parked : parked;
  }
  return ports.projectionStore.commit(generation, {
    epoch,
    from: checkpoint,
    to: checkpoint,
    documents: [...changes.values()],
    parked,
    unparked: [partition],
    heldUntil: leaseEnd(ports),
  });
};
