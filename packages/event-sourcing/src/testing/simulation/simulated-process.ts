import type { Scheduler } from 'fast-check';
import { tryAppend } from '../../event-store/append-outcome';
import type { EventStore } from '../../event-store/event-store';
import { isEventStoreError } from '../../event-store/event-store-error';
import { eventsToAppend } from '../../event-store/event-id';
import { createProjectionEngine, type ProjectionEngine } from '../../projections/projection-engine';
import type { ProjectionStore } from '../../projections/projection-store';
import { derivedUuid, type Uuid } from '../../values/uuid';
import { wholeStream } from '../conformance/events';
import type { OrderRunner, OrderScene } from '../order-scene';
import { orderEventCodec, type OrderEvent } from '../sample-order';
import { Mortal, unknownToAppender, type FaultAtCall } from './mortal';
import type { Parts } from './mutants';
import { orderBook } from './order-book';
import type { Plan } from './plan';

/** What all processes of a simulation have in common. */
export interface World {
  readonly scene: OrderScene;
  readonly eventStore: EventStore;
  readonly projectionStore: ProjectionStore;
  readonly parts: Parts;
  readonly scheduler: Scheduler;
  readonly plan: Pick<Plan, 'leaseMs' | 'batchSize'>;
  /** The ids of all events that a writer was told are recorded. */
  readonly acknowledged: string[];
}

/** A process with its connections: it writes, runs its process manager, feeds its projections, and can die. */
export interface SimulatedProcess {
  readonly mortal: Mortal;
  readonly runner: OrderRunner;
  readonly engine: ProjectionEngine;
  readonly tell: (event: OrderEvent, number: number) => Promise<void>;
}

const namespace = '3d9e4a52-5b0c-4a4e-8c45-2f7a2b8c1d11' as Uuid;

export const startProcess = (world: World, faults: readonly FaultAtCall[]): SimulatedProcess => {
  const { scene, parts, scheduler, plan } = world;
  const mortal = new Mortal((label) => scheduler.schedule(Promise.resolve(), label), faults);
  const store = mortal.connect(world.eventStore, ['append', 'readStream', 'readAll'], unknownToAppender);
  const projectionStore = parts.projectionStore(
    mortal.connect(world.projectionStore, [
      'generations',
      'create',
      'claim',
      'release',
      'load',
      'commit',
      'setStatus',
      'makeLive',
      'remove',
      'read',
    ]),
  );
  const createRunner: typeof parts.createRunner = (options) =>
    parts.createRunner({
      ...options,
      handle: (effect, effectId) => mortal.call(effect.step, () => options.handle(effect, effectId)),
    });
  return {
    mortal,
    runner: scene.startRunner({ store, create: createRunner }),
    engine: createProjectionEngine({
      store,
      projectionStore,
      projections: [orderBook],
      clock: () => scene.clock.now,
      ...plan,
    }),
    tell: async (event, number) => {
      const commandId = derivedUuid(`told ${number}`, namespace);
      const metadata = { commandId, correlationId: commandId, causationId: commandId, actor: 'seller' };
      const events = eventsToAppend([orderEventCodec.encode(event)], metadata);
      for (;;) {
        const version = (await wholeStream(store, 'sales')).length;
        const { outcome } = await tryAppend(store, 'sales', version, events);
        // Somebody else wrote meanwhile.
        if (outcome === 'conflict') continue;
        world.acknowledged.push(...events.map(({ eventId }) => eventId));
        return;
      }
    },
  };
};

/** Whether an error is what a planned fault, or the death of the process, looks like. */
export const isPlanned = (error: unknown): boolean =>
  isEventStoreError(error) && (error.code === 'unavailable' || error.code === 'outcome-unknown');
