import { describe, expect, it } from '@jest/globals';
import type { EventStore } from '../event-store/event-store';
import { createProcessRunner } from './process-runner';
import { arrivalsOf, runOn, sceneWithParkedReservation } from '../testing/failing-reservation';
import {
  after,
  completed,
  createOrderScene,
  noted,
  orderIdOf,
  placed,
  recordOf,
} from '../testing/order-scene';

describe('a parked effect', () => {
  it('is left alone, however late it gets and whoever starts', async () => {
    const { scene, runner } = await sceneWithParkedReservation();
    scene.clock.now = after(86_400_000);
    await runner.run();
    await scene.startRunner().run();
    expect(arrivalsOf(scene, 'reserve')).toBe(3);
  });

  it('is tried as often again once somebody has looked at it, again and again', async () => {
    const { scene, runner, unpark, repair } = await sceneWithParkedReservation();
    for (const attempts of [6, 9]) {
      await unpark();
      await runner.run();
      await runOn(scene, runner, 2);
      expect(arrivalsOf(scene, 'reserve')).toBe(attempts);
      expect(runner.outstanding()).toMatchObject([{ attempts, parked: 'no-stock' }]);
    }
    repair();
    await unpark();
    await runner.run();
    expect(runner.outstanding()).toEqual([]);
    const ids = new Set(
      scene.arrivals.filter(({ step }) => step === 'reserve').map(({ effectId }) => effectId),
    );
    expect(ids.size).toBe(1);
  });

  it('may be parked and unparked many times at one instant', async () => {
    const scene = createOrderScene();
    scene.answer = ({ step }) =>
      step === 'reserve' ? { outcome: 'impossible', reason: 'no-such-store' } : completed(step);
    await scene.tell(placed(1));
    const runner = scene.startRunner();
    await runner.run();
    const { effectId } = scene.arrivals[0]!;
    for (const arrivals of [2, 3, 4]) {
      await runner.unpark(orderIdOf(1), effectId);
      await runner.run();
      expect(arrivalsOf(scene, 'reserve')).toBe(arrivals);
    }
  });

  it('may be unparked by a runner that has not run yet', async () => {
    const { scene, repair } = await sceneWithParkedReservation();
    const another = scene.startRunner();
    repair();
    await another.unpark(orderIdOf(1), scene.arrivals[0]!.effectId);
    await another.run();
    expect(another.outstanding()).toEqual([]);
  });

  it('is the only one that can be unparked: of any other, and of none, nothing is recorded', async () => {
    const { scene, runner } = await sceneWithParkedReservation();
    const record = await recordOf(scene.store, 1);
    await runner.unpark(orderIdOf(1), scene.arrivals[1]!.effectId);
    await runner.unpark(orderIdOf(2), scene.arrivals[0]!.effectId);
    expect(await recordOf(scene.store, 1)).toEqual(record);
    expect(runner.instances().size).toBe(1);
  });

  it('may be unparked during a run, which does not make the runner forget what it has learned since', async () => {
    const { scene } = await sceneWithParkedReservation();
    await scene.tell(placed(2));
    let answer = (): void => undefined;
    const store: EventStore = {
      ...scene.store,
      readStream: async (...request) => {
        const page = await scene.store.readStream(...request);
        await new Promise<void>((resolve) => (answer = resolve));
        return page;
      },
    };
    await scene.startRunner().run();
    const runner = scene.startRunner({ store });
    const unparking = runner.unpark(orderIdOf(2), scene.arrivals[0]!.effectId);
    await new Promise((resolve) => setImmediate(resolve));
    await scene.tell(noted(2, 1));
    await runner.run();
    answer();
    await unparking;
    expect(runner.instance(orderIdOf(2))?.state.told.at(-1)).toBe('note 1');
  });

  it('holds later inputs of its instance, and of no other, and releases them in order', async () => {
    const { scene, runner, unpark, repair } = await sceneWithParkedReservation();
    for (const event of [noted(1, 1), placed(2), noted(1, 2)]) {
      await scene.tell(event);
      await runner.run();
    }
    expect(runner.instance(orderIdOf(1))?.state.told.at(-1)).toBe('parked reserve');
    expect(runner.instance(orderIdOf(2))).toBeDefined();
    repair();
    await unpark();
    await scene.tell(noted(1, 3));
    await runner.run();
    expect(runner.instance(orderIdOf(1))?.state.told.slice(-4)).toEqual([
      'note 1',
      'note 2',
      'note 3',
      'completed reserve',
    ]);
  });

  it('holds them over a restart, too', async () => {
    const { scene, repair } = await sceneWithParkedReservation();
    await scene.tell(noted(1, 1));
    const another = scene.startRunner();
    await another.run();
    await scene.tell(noted(1, 2));
    await another.run();
    expect(another.instance(orderIdOf(1))?.state.told.at(-1)).toBe('parked reserve');
    repair();
    await another.unpark(orderIdOf(1), scene.arrivals[0]!.effectId);
    await another.run();
    expect(another.instance(orderIdOf(1))?.state.told.slice(-3)).toEqual([
      'note 1',
      'note 2',
      'completed reserve',
    ]);
  });

  it('holds nothing where the process says so: its instance goes on with everything else', async () => {
    const scene = createOrderScene();
    scene.answer = ({ step }) =>
      step === 'reserve' ? { outcome: 'impossible', reason: 'no-such-store' } : completed(step);
    const runner = scene.startRunner({
      create: (options) =>
        createProcessRunner({ ...options, manager: { ...options.manager, inputsWhileParked: 'take-in' } }),
    });
    await scene.tell(placed(1));
    await runner.run();
    await scene.tell(noted(1, 1));
    await runner.run();
    expect(runner.instance(orderIdOf(1))?.state.told.at(-1)).toBe('note 1');
    expect(runner.outstanding()).toMatchObject([{ parked: 'no-such-store' }]);
  });
});
