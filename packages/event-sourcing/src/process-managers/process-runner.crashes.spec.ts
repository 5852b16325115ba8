import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '../event-store/event-store';
import type { EffectOutcome } from './process-manager';
import { logAfter } from '../testing/conformance/events';
import { createFaultStore } from '../testing/fault-store';
import type { StoreFault } from '../testing/store-fault';
import {
  after,
  completed,
  createOrderScene,
  extended,
  noted,
  orderIdOf,
  paid,
  placed,
  recordOf,
  type OrderRunner,
  type OrderScene,
} from '../testing/order-scene';
import type { OrderEffect, OrderState } from '../testing/sample-order';
import { complaintsAbout } from '../testing/unsound-record';

/** A story of two orders with retries and deadlines; whatever happens in it depends on the clock alone. */
const story: readonly ((scene: OrderScene) => Promise<unknown>)[] = [
  (scene) => scene.tell(placed(1, 10_000)),
  async (scene) => {
    await scene.tell(placed(2, 20_000));
    await scene.tell(noted(1, 7));
  },
  (scene) => Promise.resolve((scene.clock.now = after(5000))),
  (scene) => scene.tell(extended(2, 30_000)),
  (scene) => Promise.resolve((scene.clock.now = after(12_000))),
  (scene) => scene.tell(paid(2)),
  (scene) => Promise.resolve((scene.clock.now = after(40_000))),
];

/** The warehouse cannot be reached for the first four seconds, and again while something is released. */
const byTheClock =
  (scene: OrderScene) =>
  ({ step }: OrderEffect): EffectOutcome => {
    const isDown =
      step === 'notify'
        ? scene.clock.now < after(4000)
        : step === 'release' && scene.clock.now < after(13_000);
    return isDown ? { outcome: 'failed', reason: 'warehouse-unreachable' } : completed(step);
  };

interface Told {
  readonly scene: OrderScene;
  readonly log: readonly RecordedEvent[];
  readonly states: readonly (OrderState | undefined)[];
  /** How many calls of the store the whole story took, while its process lived. */
  readonly calls: number;
}

/** Tells the story to a process that dies at a call of its store, after which a new one takes its place. */
const tell = async (crash?: { readonly call: number; readonly fault: StoreFault }): Promise<Told> => {
  const scene = createOrderScene();
  scene.answer = byTheClock(scene);
  const store = createFaultStore(scene.store, { faults: crash === undefined ? [] : [crash] });
  let runner: OrderRunner = scene.startRunner({ store });
  for (const chapter of story) {
    await chapter(scene);
    try {
      await runner.run();
    } catch (error) {
      expect(store.isCrashed()).toBe(true);
      expect(error).toMatchObject({ failure: { kind: 'unavailable', retryable: false } });
      runner = scene.startRunner();
      await runner.run();
    }
  }
  return {
    scene,
    log: await logAfter(scene.store, undefined),
    states: [1, 2].map((number) => runner.instance(orderIdOf(number))?.state),
    calls: store.calls().length,
  };
};

describe('a process that dies at any call of its store', () => {
  it('tells the whole story if it does not die', async () => {
    const { scene, states } = await tell();
    expect(scene.complaints).toEqual([]);
    expect(states.map((state) => state?.told)).toEqual([
      [
        'OrderPlaced',
        'completed reserve',
        'note 7',
        'completed notify',
        'reached pay-by',
        'completed release',
      ],
      [
        'OrderPlaced',
        'completed reserve',
        'completed notify',
        'OrderExtended',
        'OrderPaid',
        'completed ship',
      ],
    ]);
    const failures = (await recordOf(scene.store, 1)).filter(({ type }) => type === 'EffectFailed');
    expect(failures).toHaveLength(2);
  });

  it.each<StoreFault>(['crash-before', 'crash-after'])(
    'leaves, with its successor, the very log that it would have left alive: %s',
    async (fault) => {
      const alive = await tell();
      const intended = new Set(alive.scene.arrivals.map(({ effectId }) => effectId));
      expect(alive.calls).toBeGreaterThan(40);
      for (let call = 1; call <= alive.calls; call += 1) {
        const { scene, log, states } = await tell({ call, fault });
        expect({ call, log }).toEqual({ call, log: alive.log });
        expect({ call, states }).toEqual({ call, states: alive.states });
        expect(scene.complaints).toEqual([]);
        for (const number of [1, 2]) expect(complaintsAbout(await recordOf(scene.store, number))).toEqual([]);
        // Nothing is left out outside, at most one call is made again, and it bears the id of the first.
        expect(new Set(scene.arrivals.map(({ effectId }) => effectId))).toEqual(intended);
        expect(scene.arrivals.length - alive.scene.arrivals.length).toBeLessThanOrEqual(1);
      }
    },
  );

  it('and at any second call, too, as often as it takes', async () => {
    const alive = await tell();
    const scene = createOrderScene();
    scene.answer = byTheClock(scene);
    for (const chapter of story) {
      await chapter(scene);
      // Every process of this story gets one call further than the one before.
      for (let call = 1; ; call += 1) {
        const store = createFaultStore(scene.store, { faults: [{ call, fault: 'crash-after' }] });
        const isDone = await scene
          .startRunner({ store })
          .run()
          .then(
            () => true,
            () => false,
          );
        if (isDone) break;
      }
    }
    expect(await logAfter(scene.store, undefined)).toEqual(alive.log);
    expect(scene.complaints).toEqual([]);
  });
});
