import { epochMillisecondsOf, instantOf, type Clock, type Instant } from '../values/instant';
import type { AnyDocumentProjection, ProjectedStore } from './document-projection';
import { planBatch } from './projection-batch';
import type { Generation, ParkedEvent, ProjectionStore } from './projection-store';

/** What feeding takes, whichever projection it is. */
export interface FeedPorts {
  readonly store: ProjectedStore;
  readonly projectionStore: ProjectionStore;
  readonly clock: Clock;
  readonly leaseMs: number;
  readonly batchSize: number;
}

/** Until when a claim holds that is made or renewed now. */
export const leaseEnd = ({ clock, leaseMs }: Pick<FeedPorts, 'clock' | 'leaseMs'>): Instant =>
  instantOf(epochMillisecondsOf(clock()) + leaseMs);

const merged = (before: readonly ParkedEvent[], changed: readonly ParkedEvent[]): readonly ParkedEvent[] => [
  ...new Map([...before, ...changed].map((parked) => [parked.partition, parked])).values(),
];

/**
 * Reads the log from where a claimed generation stands, and keeps what it makes of it: a batch and its checkpoint
 * together, only if nobody else has written meanwhile. `lost` when somebody has, or stopped it.
 */
export const feedGeneration = async (
  ports: FeedPorts,
  projection: AnyDocumentProjection,
  generation: Generation,
  signal: AbortSignal | undefined,
): Promise<'caught-up' | 'interrupted' | 'lost'> => {
  const { store, projectionStore, batchSize } = ports;
  const { epoch } = generation;
  const filter = { types: projection.codec.types };
  let { position, parked } = generation;
  while (signal?.aborted !== true) {
    const page = await store.readAll({ after: position, limit: batchSize, filter });
    const to = page.next ?? position;
    if (to !== position) {
      const plan = planBatch(projection, { events: page.events, from: position, parked });
      const folded = plan.fold(await projectionStore.load(generation, plan.keys));
      const commit = { epoch, from: position, to, ...folded, unparked: [], heldUntil: leaseEnd(ports) };
      if (!(await projectionStore.commit(generation, commit))) return 'lost';
      parked = merged(parked, folded.parked);
      position = to;
    }
    if (page.atHead) return 'caught-up';
  }
  return 'interrupted';
};
