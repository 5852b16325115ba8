import type { EventStore } from '../event-store/event-store';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import { createInMemoryProjectionStore } from '../projections/in-memory-projection-store';
import {
  createProjectionEngine,
  type ProjectionEngine,
  type ProjectionEngineOptions,
} from '../projections/projection-engine';
import type { ProjectionStore } from '../projections/projection-store';
import { epochMillisecondsOf, instantOf, type Instant } from '../values/instant';
import { createWriter, unlucky, type Writing } from './sample-notes';
import { tallyWith } from './sample-tally';

/** One store, one clock, one home of projections, and as many engines as a test starts. */
export interface ProjectionScene {
  readonly store: EventStore;
  readonly projectionStore: ProjectionStore;
  readonly clock: { now: Instant };
  readonly write: (writing: Writing) => Promise<unknown>;
  readonly start: (options?: Partial<ProjectionEngineOptions>) => ProjectionEngine;
}

export const createProjectionScene = (): ProjectionScene => {
  const clock = { now: '2026-03-01T00:00:00.000Z' as Instant };
  const store = createInMemoryEventStore({ clock: () => clock.now });
  const projectionStore = createInMemoryProjectionStore();
  return {
    store,
    projectionStore,
    clock,
    write: createWriter(store),
    start: (options) =>
      createProjectionEngine({
        store,
        projectionStore,
        projections: [tallyWith()],
        clock: () => clock.now,
        batchSize: 3,
        ...options,
      }),
  };
};

/** Lets time pass. */
export const wait = ({ clock }: ProjectionScene, milliseconds: number): void => {
  clock.now = instantOf(epochMillisecondsOf(clock.now) + milliseconds);
};

/** What is kept under a key, or how it stands. */
export const numbersIn = async (engine: ProjectionEngine, partition = 'a', key = 'all'): Promise<unknown> => {
  const found = await engine.read('tally', { partition, key });
  return found.state === 'found' ? found.document['numbers'] : found.state;
};

/** What a projection that read everything in one go would know. */
export const expectedNumbers = async (store: EventStore, partition: string): Promise<unknown> => {
  const numbers: number[] = [];
  for (const { stream, data, type } of (await store.readAll()).events) {
    if (stream !== partition || type !== 'Noted') continue;
    const { number } = data;
    if (typeof number !== 'number' || number === unlucky) return 'parked';
    numbers.push(number);
  }
  return numbers.length === 0 ? 'absent' : numbers;
};

/** Version, generation, status, and whether it is live. */
export const statusIn = async (engine: ProjectionEngine): Promise<readonly unknown[]> =>
  (await engine.status()).map(({ version, generation, status, isLive }) => [
    version,
    generation,
    status,
    isLive,
  ]);
