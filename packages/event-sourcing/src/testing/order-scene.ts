import assert from 'node:assert/strict';
import type { EventStore, RecordedEvent } from '../event-store/event-store';
import { decodeRecorded } from '../codecs/event-codec';
import { eventsToAppend } from '../event-store/event-id';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import { epochMillisecondsOf, instantOf, type Instant } from '../values/instant';
import type { RetryPolicy } from '../process-managers/process-effect-outcome';
import type { EffectHandler, EffectOutcome } from '../process-managers/process-manager';
import { processEventCodec, type ProcessEvent } from '../process-managers/process-record';
import {
  createProcessRunner,
  type ProcessRunner,
  type ProcessRunnerOptions,
} from '../process-managers/process-runner';
import { derivedUuid, type Uuid } from '../values/uuid';
import { wholeStream } from './conformance/events';
import {
  orderEventCodec,
  orderProcess,
  type OrderEffect,
  type OrderEvent,
  type OrderState,
  type Step,
} from './sample-order';

export type OrderRunner = ProcessRunner<OrderState, OrderEffect>;
export type OrderRunnerOptions = ProcessRunnerOptions<OrderEvent, OrderState, OrderEffect>;
export type CreateRunner = (options: OrderRunnerOptions) => OrderRunner;

/** A clock that stands still until a test moves it. */
export interface VirtualClock {
  now: Instant;
}

/** More looks at the clock than any test needs: a runner that goes in a circle ends there. */
const looksMaxDefault = 1000;

const startAt = '2026-03-01T00:00:00.000Z' as Instant;

/** So many milliseconds after the start. */
export const after = (milliseconds: number): Instant =>
  instantOf(epochMillisecondsOf(startAt) + milliseconds);

const namespace = '00000000-0000-4000-8000-000000000000' as Uuid;

export const orderIdOf = (number: number): Uuid => derivedUuid(`order ${number}`, namespace);

/** What a step is answered with; by default it succeeds. */
export type Answer = (effect: OrderEffect, call: number) => EffectOutcome | Promise<EffectOutcome>;

export const completed = (step: Step): EffectOutcome => ({ outcome: 'completed', result: { done: step } });

/** A call that arrived in the world outside. */
export interface Arrival {
  readonly effectId: Uuid;
  readonly step: Step;
}

/** The record of an order, oldest entry first. */
export const recordOf = async (store: EventStore, number: number): Promise<readonly ProcessEvent[]> => {
  const recorded = await wholeStream(store, `order-${orderIdOf(number)}`);
  return recorded.map((event) => decodeRecorded(processEventCodec, event));
};

/** One store, one clock and one world outside, and as many runners as a test starts. */
export interface OrderScene {
  readonly store: EventStore;
  readonly clock: VirtualClock;
  /** Every call that arrived outside, in order. */
  readonly arrivals: Arrival[];
  /** What is on record of an effect when its call arrives; empty while all is well. */
  readonly complaints: string[];
  answer: Answer;
  readonly startRunner: (
    options?: Partial<OrderRunnerOptions> & { readonly create?: CreateRunner },
  ) => OrderRunner;
  /** Records an event of an order. */
  readonly tell: (event: OrderEvent) => Promise<RecordedEvent>;
}

const retryAfterASecond: RetryPolicy = { attemptsMax: 3, delayMs: (attempt) => 1000 * attempt };

const complaintOf = (record: readonly ProcessEvent[], effectId: Uuid): string | undefined => {
  const own = record.filter(({ data }) => 'effectId' in data && data.effectId === effectId);
  if (own[0]?.type !== 'EffectIntended') return 'called without an intent on record';
  return own.some(({ type }) => type === 'EffectCompleted') ? 'called after its completion' : undefined;
};

export const createOrderScene = ({ looksMax = looksMaxDefault } = {}): OrderScene => {
  const clock: VirtualClock = { now: startAt };
  const store = createInMemoryEventStore({ clock: () => clock.now, storeId: 'scene' });
  let [told, looks] = [0, 0];

  const handle: EffectHandler<OrderEffect> = async (effect, effectId) => {
    const number = [1, 2, 3].find((each) => orderIdOf(each) === effect.orderId) ?? 0;
    // Straight from the store, past whatever stands between the runner and it.
    const complaint = complaintOf(await recordOf(store, number), effectId);
    if (complaint !== undefined) scene.complaints.push(`${effect.step} ${complaint}`);
    scene.arrivals.push({ effectId, step: effect.step });
    return scene.answer(effect, scene.arrivals.length);
  };

  const scene: OrderScene = {
    store,
    clock,
    arrivals: [],
    complaints: [],
    answer: ({ step }) => completed(step),
    startRunner: ({ create = createProcessRunner, ...options } = {}) =>
      create({
        store,
        manager: orderProcess,
        clock: () => {
          looks += 1;
          assert.ok(looks < looksMax, 'Expected the process to come to rest.');
          return clock.now;
        },
        handle,
        retry: retryAfterASecond,
        ...options,
      }),
    tell: async (event) => {
      told += 1;
      const commandId = derivedUuid(`told ${told}`, namespace);
      const metadata = { commandId, correlationId: commandId, causationId: commandId, actor: 'tester' };
      const before = (await wholeStream(store, 'sales')).length;
      await store.append('sales', before, eventsToAppend([orderEventCodec.encode(event)], metadata));
      return (await wholeStream(store, 'sales')).at(-1) as RecordedEvent;
    },
  };
  return scene;
};

export const placed = (number: number, payByMs = 60_000): OrderEvent => ({
  type: 'OrderPlaced',
  data: { orderId: orderIdOf(number), payBy: after(payByMs) },
});

export const extended = (number: number, payByMs: number): OrderEvent => ({
  type: 'OrderExtended',
  data: { orderId: orderIdOf(number), payBy: after(payByMs) },
});

export const paid = (number: number): OrderEvent => ({
  type: 'OrderPaid',
  data: { orderId: orderIdOf(number) },
});

export const noted = (number: number, note: number): OrderEvent => ({
  type: 'OrderNoted',
  data: { orderId: orderIdOf(number), note },
});
