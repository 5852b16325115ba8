import { epochMillisecondsOf, instantOf, type Clock, type Instant } from '../values/instant';
import type { LogPage } from '../event-store/event-store';
import type { AnyDocumentProjection, ProjectedStore } from './document-projection';
import { harmlessTelemetry } from '../telemetry/harmless-telemetry';
import type { Telemetry } from '../telemetry/telemetry';
import { planBatch } from './projection-batch';
import type { Generation, ParkedEvent, ProjectionStore } from './projection-store';

/** What feeding takes, whichever projection it is. */
export interface FeedPorts {
  readonly store: ProjectedStore;
  readonly projectionStore: ProjectionStore;
  readonly clock: Clock;
  readonly leaseMs: number;
  readonly batchSize: number;
  readonly telemetry: Telemetry | undefined;
}

/** Until when a claim holds that is made or renewed now. */
export const leaseEnd = ({ clock, leaseMs }: Pick<FeedPorts, 'clock' | 'leaseMs'>): Instant =>
  instantOf(epochMillisecondsOf(clock()) + leaseMs);

const merged = (before: readonly ParkedEvent[], changed: readonly ParkedEvent[]): readonly ParkedEvent[] => [
  ...new Map([...before, ...changed].map((parked) => [parked.partition, parked])).values(),
];

/** Keeps what a page changes. Answers with the generation as it is then, or nothing when somebody else has written. */
const keepPage = async (
  ports: FeedPorts,
  projection: AnyDocumentProjection,
  generation: Generation,
  { events, next: to }: LogPage,
): Promise<Generation | undefined> => {
  const { epoch, position: from, parked } = generation;
  const plan = planBatch(projection, { events, from, parked });
  const folded = plan.fold(await ports.projectionStore.load(generation, plan.keys));
  const commit = { epoch, from, to, ...folded, unparked: [], heldUntil: leaseEnd(ports) };
  const isKept = await ports.projectionStore.commit(generation, commit);
  if (!isKept) return undefined;
  const position = to === undefined ? {} : { position: to };
  return { ...generation, ...position, parked: merged(parked, folded.parked) };
};

const keepPageWatched: typeof keepPage = (ports, projection, generation, page) => {
  const attributes = {
    'mandate.projection': generation.name,
    'mandate.projection.version': generation.version,
    'mandate.projection.generation': generation.generation,
    'mandate.events': page.events.length,
  };
  return harmlessTelemetry(ports.telemetry).inSpan('mandate.projection.batch', attributes, async (span) => {
    const kept = await keepPage(ports, projection, generation, page);
    if (kept === undefined) span.fail('overtaken');
    else span.set({ 'mandate.projection.parked': kept.parked.length });
    return kept;
  });
};

/**
 * Reads the log from where a claimed generation stands, and keeps what it makes of it: a batch and its checkpoint
 * together, only if nobody else has written meanwhile. `lost` when somebody has, or stopped it.
 */
export const feedGeneration = async (
  ports: FeedPorts,
  projection: AnyDocumentProjection,
  claimed: Generation,
  signal: AbortSignal | undefined,
): Promise<'caught-up' | 'interrupted' | 'lost'> => {
  const filter = { types: projection.codec.types };
  let generation = claimed;
  while (signal?.aborted !== true) {
    const { position } = generation;
    const page = await ports.store.readAll({ after: position, limit: ports.batchSize, filter });
    const isBehind = page.next !== position;
    if (isBehind) {
      const kept = await keepPageWatched(ports, projection, generation, page);
      if (kept === undefined) return 'lost';
      generation = kept;
    }
    // Nobody may ask a new one before it was seen at the head: what is appended while it is still far behind does not
    // reach an inline projection, what is appended from then on does.
    if (page.atHead && (claimed.isLive || !isBehind)) return 'caught-up';
  }
  return 'interrupted';
};
