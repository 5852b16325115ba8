import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import type { AnyDocumentProjection, ProjectedStore } from '../projections/document-projection';
import type { ProjectingEventStore } from '../projections/projecting-event-store';
import { createProjectionEngine, type ProjectionEngine } from '../projections/projection-engine';
import type { Generation } from '../projections/projection-store';
import { epochMillisecondsOf, instantOf, type Instant } from '../values/instant';
import { createWriter, type Writing } from './sample-notes';
import { tallyWith } from './sample-tally';

/** A store with inline projections, a clock, and as many engines beside it as a test starts. */
export interface InlineScene {
  readonly store: ProjectingEventStore;
  readonly write: (writing: Writing) => Promise<unknown>;
  readonly wait: (milliseconds: number) => void;
  /** An engine on the same projections, which leaves each of them to the next one at once. */
  readonly engine: (
    projections: readonly AnyDocumentProjection[],
    store?: ProjectedStore,
  ) => ProjectionEngine;
  readonly generations: () => Promise<readonly Generation[]>;
  /** What is kept of a stream, or how it stands. */
  readonly numbers: (stream: string, name?: string) => Promise<unknown>;
  /** The tally, mended: no number is unlucky. */
  readonly lucky: AnyDocumentProjection;
}

export const createInlineScene = (inline: readonly AnyDocumentProjection[] = [tallyWith()]): InlineScene => {
  let now = '2026-03-01T00:00:00.000Z' as Instant;
  const clock = (): Instant => now;
  const store = createInMemoryEventStore({ clock, inline });
  const { projections } = store;
  return {
    store,
    write: createWriter(store),
    wait: (milliseconds) => {
      now = instantOf(epochMillisecondsOf(now) + milliseconds);
    },
    engine: (known, projectedStore = store) =>
      createProjectionEngine({
        ...{ store: projectedStore, projectionStore: projections, projections: known },
        ...{ clock, leaseMs: 0 },
      }),
    generations: () => projections.generations(),
    numbers: async (partition, name = 'tally') => {
      const found = await projections.read(name, { partition, key: 'all' });
      return found.state === 'found' ? found.document['numbers'] : found.state;
    },
    lucky: tallyWith({
      evolve: (tally, { event }) => ({ numbers: [...(tally?.numbers ?? []), event.data.number] }),
    }),
  };
};
