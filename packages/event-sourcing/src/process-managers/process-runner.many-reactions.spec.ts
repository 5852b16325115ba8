import { describe, expect, it } from '@jest/globals';
import { createFaultStore } from '../testing/fault-store';
import {
  after,
  createOrderScene,
  noted,
  orderIdOf,
  placed,
  recordOf,
  type OrderRunnerOptions,
  type OrderScene,
} from '../testing/order-scene';
import { logAfter } from '../testing/conformance/events';
import { orderProcess } from '../testing/sample-order';
import type { Uuid } from '../values/uuid';
import { complaintsAbout } from '../testing/unsound-record';

type Manager = OrderRunnerOptions['manager'];

/** Asks for a great deal at once, when an order is placed, and for nothing afterwards. */
const asking = (parts: number, size: number): Manager => ({
  ...orderProcess,
  react: (_, input) =>
    input.kind === 'event' && input.event.type === 'OrderPlaced'
      ? Array.from({ length: parts }, (__, part) => ({
          kind: 'effect',
          effect: { step: 'ship', orderId: orderIdOf(1), part: String(part), text: 'x'.repeat(size) },
        }))
      : [],
});

/** Answers at once: the one of the scene looks through the whole record at every call. */
const doneAtOnce =
  (arrivals: Uuid[] = []): OrderRunnerOptions['handle'] =>
  (_, effectId) => {
    arrivals.push(effectId);
    return Promise.resolve({ outcome: 'completed', result: {} });
  };

const sceneWith = async (): Promise<OrderScene> => {
  const scene = createOrderScene({ looksMax: 100_000 });
  await scene.tell(placed(1));
  await scene.tell(noted(1, 1));
  return scene;
};

const effectsOnRecord = async (scene: OrderScene): Promise<readonly unknown[]> =>
  (await recordOf(scene.store, 1)).flatMap((entry) =>
    entry.type === 'EffectIntended' ? [entry.data.effect['part']] : [],
  );

describe('a process that asks for more at once than one append can hold', () => {
  it.each([
    [1000, 10],
    [40, 50_000],
  ])('has all of it on record and done, each once: %i effects of %i characters', async (parts, size) => {
    const scene = await sceneWith();
    const arrivals: Uuid[] = [];
    const runner = scene.startRunner({ manager: asking(parts, size), handle: doneAtOnce(arrivals) });
    await runner.run();
    const record = await recordOf(scene.store, 1);
    expect(await effectsOnRecord(scene)).toEqual(Array.from({ length: parts }, (_, part) => String(part)));
    expect(complaintsAbout(record)).toEqual([]);
    expect(new Set(arrivals).size).toBe(parts);
    expect(arrivals).toHaveLength(parts);
    expect(runner.outstanding()).toEqual([]);
    expect(runner.instance(orderIdOf(1))?.state.told.slice(0, 2)).toEqual(['OrderPlaced', 'note 1']);
  });

  it.each(['crash-before', 'crash-after'] as const)(
    'has the very same on record after a crash in between: %s',
    async (fault) => {
      const process = { manager: asking(450, 10), handle: doneAtOnce() };
      const alive = await sceneWith();
      const counted = createFaultStore(alive.store, { faults: [] });
      await alive.startRunner({ ...process, store: counted }).run();
      const log = await logAfter(alive.store, undefined);
      const appends = counted.calls().flatMap((call, index) => (call === 'append' ? [index + 1] : []));
      for (const call of appends.slice(0, 6)) {
        const scene = await sceneWith();
        const store = createFaultStore(scene.store, { faults: [{ call, fault }] });
        await expect(scene.startRunner({ ...process, store }).run()).rejects.toMatchObject({
          code: 'unavailable',
        });
        scene.clock.now = after(0);
        await scene.startRunner(process).run();
        expect(await logAfter(scene.store, undefined)).toEqual(log);
      }
    },
  );

  it('writes it once when two runners do so at the same time', async () => {
    const scene = await sceneWith();
    const process = { manager: asking(450, 10), handle: doneAtOnce() };
    const runners = [scene.startRunner(process), scene.startRunner(process)];
    await Promise.all(runners.map((runner) => runner.run()));
    const record = await recordOf(scene.store, 1);
    expect(complaintsAbout(record)).toEqual([]);
    expect(await effectsOnRecord(scene)).toHaveLength(450);
  });
});

describe('a listener that throws', () => {
  it('ends the run with what it threw, and is not taken for a fault of the process', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1));
    const runner = scene.startRunner({
      onEffect: () => {
        throw new TypeError('no such bar');
      },
    });
    await expect(runner.run()).rejects.toThrow('no such bar');
    expect(runner.setAside()).toEqual([]);
  });
});
