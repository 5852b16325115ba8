import { describe, expect, it } from '@jest/globals';
import { newEvent } from '../testing/conformance/events';
import { createFaultStore } from '../testing/fault-store';
import {
  after,
  completed,
  createOrderScene,
  orderIdOf,
  paid,
  placed,
  recordOf,
  type OrderScene,
} from '../testing/order-scene';

const stepsOf = ({ arrivals }: OrderScene): readonly string[] => arrivals.map(({ step }) => step);

const typesOnRecord = async (scene: OrderScene): Promise<readonly string[]> =>
  (await recordOf(scene.store, 1)).map(({ type }) => type);

describe('a process runner', () => {
  it('has every intent on record before it acts, and every result after', async () => {
    const scene = createOrderScene();
    const onRecord: (readonly string[])[] = [];
    scene.answer = async ({ step }) => {
      onRecord.push(await typesOnRecord(scene));
      return completed(step);
    };
    await scene.tell(placed(1));
    await scene.startRunner().run();
    expect(onRecord).toEqual([
      ['InputReceived', 'EffectIntended', 'EffectIntended'],
      ['InputReceived', 'EffectIntended', 'EffectIntended', 'EffectCompleted'],
    ]);
    expect(scene.complaints).toEqual([]);
  });

  it('executes every effect, records its result once, and tells the process', async () => {
    const scene = createOrderScene();
    const placing = await scene.tell(placed(1));
    const told: unknown[] = [];
    const runner = scene.startRunner({ onEffect: ({ step }, outcome) => told.push([step, outcome]) });
    await runner.run();
    const [reserve, notify] = scene.arrivals.map(({ effectId }) => effectId);
    expect(await recordOf(scene.store, 1)).toEqual([
      {
        type: 'InputReceived',
        data: {
          eventId: placing.eventId,
          eventType: 'OrderPlaced',
          schemaVersion: 1,
          event: placing.data,
          recordedAt: placing.recordedAt,
        },
      },
      {
        type: 'EffectIntended',
        data: { effectId: reserve, effect: { step: 'reserve', orderId: orderIdOf(1) } },
      },
      {
        type: 'EffectIntended',
        data: { effectId: notify, effect: { step: 'notify', orderId: orderIdOf(1) } },
      },
      {
        type: 'EffectCompleted',
        data: { effectId: reserve, result: { done: 'reserve' }, completedAt: scene.clock.now },
      },
      {
        type: 'EffectCompleted',
        data: { effectId: notify, result: { done: 'notify' }, completedAt: scene.clock.now },
      },
      { type: 'DeadlineSet', data: { deadline: 'pay-by', dueAt: after(60_000) } },
    ]);
    expect(told).toEqual([
      ['reserve', 'completed'],
      ['notify', 'completed'],
    ]);
    expect(runner.instance(orderIdOf(1))).toMatchObject({
      version: 6,
      state: { told: ['OrderPlaced', 'completed reserve', 'completed notify'] },
    });
    expect(runner.outstanding()).toEqual([]);
    expect(runner.nextDueAt()).toBe(after(60_000));
  });

  it('does nothing more when it runs again without news', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1));
    const runner = scene.startRunner();
    await runner.run();
    const [record, arrivals] = [await recordOf(scene.store, 1), scene.arrivals.length];
    await runner.run();
    expect(await recordOf(scene.store, 1)).toEqual(record);
    expect(scene.arrivals).toHaveLength(arrivals);
  });

  it('never acts while it replays: a new one rebuilds what the old one knew, and calls nobody', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1));
    await scene.tell(placed(2));
    await scene.tell(paid(2));
    const runner = scene.startRunner();
    await runner.run();
    const arrivals = scene.arrivals.length;
    const another = scene.startRunner();
    await another.run();
    expect(another.instances()).toEqual(runner.instances());
    expect(scene.arrivals).toHaveLength(arrivals);
  });

  it('runs one pass at a time, however often it is asked', async () => {
    const scene = createOrderScene();
    let [underway, underwayMax] = [0, 0];
    scene.answer = async ({ step }) => {
      underwayMax = Math.max(underwayMax, (underway += 1));
      await new Promise((resolve) => setImmediate(resolve));
      underway -= 1;
      return completed(step);
    };
    await scene.tell(placed(1));
    const runner = scene.startRunner();
    await Promise.all([runner.run(), runner.run(), runner.run()]);
    expect(underwayMax).toBe(1);
    expect(stepsOf(scene)).toEqual(['reserve', 'notify']);
  });

  it('passes on what the store fails with, and goes on from there when it is asked again', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1));
    const store = createFaultStore(scene.store, {
      faults: [{ call: 2, operation: 'append', fault: 'fail-before' }],
    });
    const runner = scene.startRunner({ store });
    await expect(runner.run()).rejects.toMatchObject({ code: 'unavailable' });
    await runner.run();
    expect(stepsOf(scene)).toEqual(['reserve', 'reserve', 'notify']);
    expect(scene.arrivals[0]?.effectId).toBe(scene.arrivals[1]?.effectId);
    expect(await typesOnRecord(scene)).toHaveLength(6);
  });

  it('stops at an event that it cannot read, and says where', async () => {
    const scene = createOrderScene();
    await scene.store.append('sales', 'no-stream', [
      newEvent({ type: 'OrderPlaced', data: { orderId: 'x' } }),
    ]);
    await expect(scene.startRunner().run()).rejects.toMatchObject({
      failure: { kind: 'corrupt', stream: 'sales', position: 'scene:1' },
    });
  });
});

describe('interrupting a run', () => {
  it('lets the effect under way be recorded, and begins no other', async () => {
    const scene = createOrderScene();
    const stop = new AbortController();
    scene.answer = ({ step }) => {
      stop.abort();
      return completed(step);
    };
    await scene.tell(placed(1));
    const runner = scene.startRunner();
    await runner.run(stop.signal);
    expect(stepsOf(scene)).toEqual(['reserve']);
    expect(runner.outstanding()).toMatchObject([
      { instanceId: orderIdOf(1), effect: { step: 'notify' }, attempts: 0 },
    ]);
    await runner.run();
    expect(stepsOf(scene)).toEqual(['reserve', 'notify']);
  });

  it('is possible before it has begun', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1));
    const store = createFaultStore(scene.store, { faults: [] });
    await scene.startRunner({ store }).run(AbortSignal.abort());
    expect(store.calls()).toEqual([]);
  });
});
