import { describe, expect, it } from '@jest/globals';
import { isDeadlineLoopError } from './deadline-loop-error';
import {
  after,
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
import { orderProcess } from '../testing/sample-order';

const reached = async (scene: OrderScene, number = 1): Promise<readonly unknown[]> =>
  (await recordOf(scene.store, number)).flatMap(({ type, data }) =>
    type === 'DeadlineReached' ? [data] : [],
  );

const toldBy = (runner: OrderRunner, number = 1): readonly string[] | undefined =>
  runner.instance(orderIdOf(number))?.state.told;

describe('a deadline', () => {
  it('is reached at its instant, not a millisecond before, and once', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1, 10_000));
    const runner = scene.startRunner();
    await runner.run();
    expect(runner.nextDueAt()).toBe(after(10_000));
    scene.clock.now = after(9999);
    await runner.run();
    expect(await reached(scene)).toEqual([]);
    for (const now of [after(10_000), after(10_000), after(20_000)]) {
      scene.clock.now = now;
      await runner.run();
      await scene.startRunner().run();
    }
    expect(await reached(scene)).toEqual([{ deadline: 'pay-by', dueAt: after(10_000) }]);
    expect(scene.arrivals.map(({ step }) => step)).toEqual(['reserve', 'notify', 'release']);
    expect(runner.nextDueAt()).toBeUndefined();
  });

  it('is reached at the start when it has passed while nobody was there', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1, 10_000));
    await scene.startRunner().run();
    scene.clock.now = after(86_400_000);
    const late = scene.startRunner();
    await late.run();
    expect(toldBy(late)).toEqual([
      'OrderPlaced',
      'completed reserve',
      'completed notify',
      'reached pay-by',
      'completed release',
    ]);
  });

  it('is not reached once it is cancelled', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1, 10_000));
    const runner = scene.startRunner();
    await runner.run();
    await scene.tell(paid(1));
    await runner.run();
    expect(runner.nextDueAt()).toBeUndefined();
    scene.clock.now = after(20_000);
    await runner.run();
    await scene.startRunner().run();
    expect(await reached(scene)).toEqual([]);
  });

  it('is not reached either when it had passed already, but the news that cancels it is on record', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1, 10_000));
    await scene.startRunner().run();
    await scene.tell(paid(1));
    scene.clock.now = after(20_000);
    await scene.startRunner().run();
    expect(await reached(scene)).toEqual([]);
  });

  it.each([
    ['later', 30_000],
    ['earlier', 5000],
  ])('is replaced when it is set again, %s', async (_, payByMs) => {
    const scene = createOrderScene();
    await scene.tell(placed(1, 10_000));
    const runner = scene.startRunner();
    await runner.run();
    await scene.tell(extended(1, payByMs));
    await runner.run();
    expect(runner.nextDueAt()).toBe(after(payByMs));
    scene.clock.now = after(payByMs - 1);
    await runner.run();
    expect(await reached(scene)).toEqual([]);
    scene.clock.now = after(40_000);
    await runner.run();
    expect(await reached(scene)).toEqual([{ deadline: 'pay-by', dueAt: after(payByMs) }]);
  });

  it('may be reached again at the same instant when a later event sets it so', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1, 10_000));
    const runner = scene.startRunner();
    await runner.run();
    scene.clock.now = after(10_000);
    await runner.run();
    await scene.tell(extended(1, 10_000));
    await runner.run();
    expect(await reached(scene)).toHaveLength(2);
    expect(new Set(scene.arrivals.map(({ effectId }) => effectId)).size).toBe(4);
  });

  it('belongs to its instance', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1, 10_000));
    await scene.tell(placed(2, 20_000));
    const runner = scene.startRunner();
    await runner.run();
    expect(runner.nextDueAt()).toBe(after(10_000));
    scene.clock.now = after(15_000);
    await runner.run();
    expect([await reached(scene, 1), await reached(scene, 2)]).toMatchObject([[{}], []]);
    expect(runner.nextDueAt()).toBe(after(20_000));
  });
});

describe('several deadlines that have passed', () => {
  it('are reached in the order in which they fell due, whatever the order in which they were set', async () => {
    const scene = createOrderScene();
    await scene.tell(noted(1, 1));
    const runner = scene.startRunner({
      manager: {
        ...orderProcess,
        react: (_, input) =>
          input.kind === 'event'
            ? [20, 10, 30, 10].map((seconds, index) => ({
                kind: 'set-deadline',
                deadline: `d${index}`,
                dueAt: after(seconds * 1000),
              }))
            : [],
      },
    });
    await runner.run();
    scene.clock.now = after(86_400_000);
    await runner.run();
    expect(toldBy(runner)).toEqual(['note 1', 'reached d1', 'reached d3', 'reached d0', 'reached d2']);
  });

  it('are not reached if one before them cancels them', async () => {
    const scene = createOrderScene();
    await scene.tell(noted(1, 1));
    const runner = scene.startRunner({
      manager: {
        ...orderProcess,
        react: (_, input) =>
          input.kind === 'event'
            ? [
                { kind: 'set-deadline', deadline: 'late', dueAt: after(2000) },
                { kind: 'set-deadline', deadline: 'early', dueAt: after(1000) },
              ]
            : [{ kind: 'cancel-deadline', deadline: 'late' }],
      },
    });
    await runner.run();
    scene.clock.now = after(5000);
    await runner.run();
    expect(toldBy(runner)).toEqual(['note 1', 'reached early']);
  });
});

describe('a process that sets a deadline again whenever it is reached, in the past', () => {
  it('is stopped with an error, before it fills the store', async () => {
    const scene = createOrderScene();
    await scene.tell(noted(1, 1));
    const runner = scene.startRunner({
      manager: {
        ...orderProcess,
        react: () => [{ kind: 'set-deadline', deadline: 'again', dueAt: after(0) }],
      },
    });
    await expect(runner.run()).rejects.toThrow('deadline again');
    const [{ instanceId, cause } = {}] = runner.setAside();
    expect(instanceId).toBe(orderIdOf(1));
    expect(isDeadlineLoopError(cause)).toBe(true);
    expect((await reached(scene)).length).toBeLessThan(200);
  });

  it('is the only thing that error is', () => {
    for (const other of [new Error('deadline-loop'), { code: 'deadline-loop' }, undefined]) {
      expect(isDeadlineLoopError(other)).toBe(false);
    }
  });
});
