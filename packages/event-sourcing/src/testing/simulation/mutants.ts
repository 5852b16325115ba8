import type { EventStore } from '../../event-store/event-store';
import { createProcessRunner } from '../../process-managers/process-runner';
import type { ProjectionStore } from '../../projections/projection-store';
import type { Uuid } from '../../values/uuid';
import type { CreateRunner } from '../order-scene';
import type { OrderEffect } from '../sample-order';

/** What a simulated system is made of; a mutant has one part that is wrong. */
export interface Parts {
  readonly createRunner: CreateRunner;
  /** The projection store as a process sees it. */
  readonly projectionStore: (store: ProjectionStore) => ProjectionStore;
  /** The event store itself. */
  readonly eventStore: (store: EventStore) => EventStore;
}

export const rightParts: Parts = {
  createRunner: createProcessRunner,
  projectionStore: (store) => store,
  eventStore: (store) => store,
};

/** A runner that acts, and only then puts on record that it was going to. */
const actingBeforeIntent: CreateRunner = (options) =>
  createProcessRunner({
    ...options,
    store: {
      ...options.store,
      append: async (stream, expected, events) => {
        for (const { type, data } of events) {
          if (type !== 'EffectIntended') continue;
          await options.handle(data['effect'] as OrderEffect, data['effectId'] as Uuid);
        }
        return options.store.append(stream, expected, events);
      },
    },
  });

/** A projection whose checkpoint is written after its documents, in a transaction of its own. */
const checkpointApart = (store: ProjectionStore): ProjectionStore => ({
  ...store,
  commit: async (id, commit) => {
    if (!(await store.commit(id, { ...commit, to: commit.from }))) return false;
    return store.commit(id, { ...commit, documents: [], parked: [], unparked: [] });
  },
});

/** A store that acknowledges its third append, and has forgotten it. */
const losingAnAppend = (store: EventStore): EventStore => {
  let appends = 0;
  return {
    ...store,
    append: async (stream, expected, events) => {
      appends += 1;
      if (appends !== 3) return store.append(stream, expected, events);
      const { next } = await store.readAll();
      const version = (expected === 'no-stream' ? 0 : expected) + events.length;
      if (next === undefined) return store.append(stream, expected, events);
      return { version, position: next, mayBeRepetition: false };
    },
  };
};

/** Systems that are wrong on purpose: a simulation that does not find them out proves nothing. */
export const simulationMutants = {
  'acts-before-intent': { ...rightParts, createRunner: actingBeforeIntent },
  'checkpoint-apart': { ...rightParts, projectionStore: checkpointApart },
  'loses-an-append': { ...rightParts, eventStore: losingAnAppend },
} as const satisfies Readonly<Record<string, Parts>>;

export type SimulationMutant = keyof typeof simulationMutants;
