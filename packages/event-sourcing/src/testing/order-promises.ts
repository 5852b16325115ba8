import assert from 'node:assert/strict';
import fc, { type Arbitrary } from 'fast-check';
import type { EventStore, RecordedEvent } from '../event-store/event-store';
import { isEventStoreError } from '../event-store/event-store-error';
import { epochMillisecondsOf, instantOf } from '../values/instant';
import type { EffectOutcome } from '../process-managers/process-manager';
import type { ProcessEvent } from '../process-managers/process-record';
import { wholeStream } from './conformance/events';
import { createFaultStore, plannedFaults, type FaultStore, type PlannedFault } from './fault-store';
import {
  completed,
  createOrderScene,
  extended,
  noted,
  orderIdOf,
  paid,
  placed,
  recordOf,
  type CreateRunner,
  type OrderRunner,
  type OrderScene,
} from './order-scene';
import type { OrderEffect, OrderEvent } from './sample-order';
import { complaintsAbout } from './unsound-record';

const orderNumbers = [1, 2];

/** One thing that happens to a process. */
export type Happening =
  | { readonly kind: 'tell'; readonly event: OrderEvent }
  | { readonly kind: 'wait'; readonly milliseconds: number }
  | { readonly kind: 'run' }
  | { readonly kind: 'restart' }
  | { readonly kind: 'unpark' };

const orderNumber = fc.constantFrom(...orderNumbers);
const soon = fc.integer({ min: 0, max: 20_000 });

const events: Arbitrary<OrderEvent> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(orderNumber, soon).map(([number, ms]) => placed(number, ms)) },
  { weight: 1, arbitrary: fc.tuple(orderNumber, soon).map(([number, ms]) => extended(number, ms)) },
  { weight: 1, arbitrary: orderNumber.map(paid) },
  {
    weight: 2,
    arbitrary: fc.tuple(orderNumber, fc.nat({ max: 9 })).map(([number, note]) => noted(number, note)),
  },
);

export const happenings: Arbitrary<readonly Happening[]> = fc.array(
  fc.oneof<{ weight: number; arbitrary: Arbitrary<Happening> }[]>(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('tell'), event: events }) },
    { weight: 4, arbitrary: fc.constant({ kind: 'run' }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait'), milliseconds: fc.nat({ max: 8000 }) }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'restart' }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'unpark' }) },
  ),
  { minLength: 3, maxLength: 16 },
);

/** What the world outside answers to one call. */
export type Reply = EffectOutcome['outcome'] | 'throws';

export const replies: Arbitrary<readonly Reply[]> = fc.array(
  fc.constantFrom<Reply[]>('completed', 'completed', 'failed', 'failed', 'impossible', 'throws'),
  { maxLength: 20 },
);

/** Answers the first calls as given, and all later ones with success. */
export const answerWith =
  (given: readonly Reply[]) =>
  ({ step }: OrderEffect, call: number): EffectOutcome => {
    const reply = given[call - 1] ?? 'completed';
    switch (reply) {
      case 'failed':
        return { outcome: 'failed', reason: 'busy' };
      case 'impossible':
        return { outcome: 'impossible', reason: 'unknown-item' };
      case 'throws':
        throw new Error('somebody@example.com');
      case 'completed':
        return completed(step);
    }
  };

export const unparkAll = async (runner: OrderRunner): Promise<void> => {
  for (const { instanceId, effectId, parked } of runner.outstanding()) {
    if (parked !== undefined) await runner.unpark(instanceId, effectId);
  }
};

/** Mends the world, lets a day pass again and again, and looks after what is parked, until nothing is left to do. */
export const settle = async (scene: OrderScene, create: CreateRunner): Promise<OrderRunner> => {
  scene.answer = ({ step }) => completed(step);
  const runner = scene.startRunner({ create });
  for (let days = 0; days < 20; days += 1) {
    await runner.run().catch(assert.ifError);
    if (runner.outstanding().length === 0 && runner.nextDueAt() === undefined) return runner;
    await unparkAll(runner);
    scene.clock.now = instantOf(epochMillisecondsOf(scene.clock.now) + 86_400_000);
  }
  return assert.fail('Expected the process to come to rest within 20 days.');
};

const idsOf = (record: readonly ProcessEvent[], wanted: ProcessEvent['type']): readonly string[] =>
  record.flatMap(({ type, data }) =>
    type !== wanted ? [] : 'effectId' in data ? [data.effectId] : 'eventId' in data ? [data.eventId] : [],
  );

const concerns =
  (number: number) =>
  (event: RecordedEvent): boolean =>
    event.data['orderId'] === orderIdOf(number);

/** What is wrong with the records of a process that has come to rest: nothing, if it kept its promises. */
export const complaintsOnRecord = async (scene: OrderScene): Promise<readonly string[]> => {
  const sales = await wholeStream(scene.store, 'sales');
  const arrived = new Set<string>(scene.arrivals.map(({ effectId }) => effectId));
  const complaints: string[] = [];
  for (const number of orderNumbers) {
    const record = await recordOf(scene.store, number);
    const [inputs, intended] = [idsOf(record, 'InputReceived'), idsOf(record, 'EffectIntended')];
    const told = sales.filter(concerns(number)).map(({ eventId }) => eventId);
    complaints.push(...complaintsAbout(record));
    if (inputs.join() !== told.join()) complaints.push('inputs that are not what was told, in that order');
    if (idsOf(record, 'EffectCompleted').length !== intended.length)
      complaints.push('an intent without an end');
    if (!intended.every((effectId) => arrived.has(effectId)))
      complaints.push('an effect that was never called');
  }
  return complaints;
};

interface Life {
  readonly store: FaultStore;
  readonly runner: OrderRunner;
}

/** The process with what is left of the plan, one life after another. */
const createLives = (
  scene: OrderScene,
  plan: readonly PlannedFault[],
  { create, mutate }: Planted,
): ((before: Life | undefined) => Life) => {
  let past = 0;
  return (before) => {
    past += before?.store.calls().length ?? 0;
    const faults = plan.flatMap((each) => (each.call > past ? [{ ...each, call: each.call - past }] : []));
    const store = createFaultStore(mutate(scene.store), { faults, pause: () => Promise.resolve() });
    return { store, runner: scene.startRunner({ store, create }) };
  };
};

/** The runner under test, and what its store does otherwise than a right one. */
export interface Planted {
  readonly create: CreateRunner;
  readonly mutate: (store: EventStore) => EventStore;
}

const tolerate = (error: unknown): void => {
  const code = isEventStoreError(error) ? error.code : error;
  assert.ok(
    code === 'unavailable' || code === 'outcome-unknown',
    `Expected a planned fault, found ${String(code)}.`,
  );
};

const happen = async (scene: OrderScene, { runner }: Life, happening: Happening): Promise<void> => {
  switch (happening.kind) {
    case 'tell':
      await scene.tell(happening.event);
      return;
    case 'wait':
      scene.clock.now = instantOf(epochMillisecondsOf(scene.clock.now) + happening.milliseconds);
      return;
    case 'run':
      return runner.run();
    case 'unpark':
      return unparkAll(runner);
    case 'restart':
      return;
  }
};

/** That a process keeps its promises, whatever happens, whatever the world answers and whatever its store does. */
export const assertKeepsPromises = (planted: Planted, runs: fc.Parameters<unknown>): Promise<void> =>
  fc.assert(
    fc.asyncProperty(
      happenings,
      replies,
      plannedFaults({
        callsMax: 120,
        faults: [
          'fail-before',
          'lose-request',
          'lose-acknowledgement',
          'duplicate',
          'crash-before',
          'crash-after',
        ],
      }),
      async (all, given, plan) => {
        const scene = createOrderScene();
        scene.answer = answerWith(given);
        const live = createLives(scene, plan, planted);
        let life = live(undefined);
        for (const happening of all) {
          await happen(scene, life, happening).catch(tolerate);
          if (happening.kind === 'restart' || life.store.isCrashed()) life = live(life);
        }
        const runner = await settle(scene, planted.create);
        assert.deepEqual(scene.complaints, []);
        assert.deepEqual(await complaintsOnRecord(scene), []);
        const replayed = scene.startRunner({ create: planted.create });
        const arrivals = scene.arrivals.length;
        await replayed.run();
        assert.deepEqual(replayed.instances(), runner.instances());
        assert.equal(scene.arrivals.length, arrivals);
      },
    ),
    runs as fc.Parameters<[readonly Happening[], readonly Reply[], readonly PlannedFault[]]>,
  );
