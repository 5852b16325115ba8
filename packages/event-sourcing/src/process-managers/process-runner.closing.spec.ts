import { beforeEach, describe, expect, it } from '@jest/globals';
import { createLeaseScene, turn, type LeaseScene } from '../testing/lease-scene';
import { completed, placed, recordOf } from '../testing/order-scene';

let scene: LeaseScene;

beforeEach(() => {
  scene = createLeaseScene();
});

describe('a runner whose lease store fails', () => {
  it('does nothing, and says so', async () => {
    await scene.orders.tell(placed(1));
    await scene.leaseStore.close();
    await expect(scene.start().run()).rejects.toMatchObject({ code: 'store-closed' });
    expect(scene.orders.arrivals).toEqual([]);
  });

  it('goes on for as long as it holds the lease', async () => {
    await scene.orders.tell(placed(1));
    await scene.orders.tell(placed(2));
    scene.orders.answer = async ({ step }) => {
      await scene.leaseStore.close();
      scene.time.pass(1000);
      return completed(step);
    };
    await expect(scene.start().run()).rejects.toMatchObject({ code: 'store-closed' });
    expect(scene.orders.arrivals.length).toBe(4);
  });
});

describe('closing a runner', () => {
  it('ends its run after the effect it is at, and lets the next one in at once', async () => {
    await scene.orders.tell(placed(1));
    const gate = scene.standingStill();
    const leaving = scene.start();
    const run = leaving.run();
    await gate.arrived;
    const closing = leaving.close();
    gate.open();
    await expect(run).rejects.toMatchObject({ code: 'store-closed' });
    await closing;
    expect(scene.orders.arrivals.map(({ step }) => step)).toEqual(['reserve']);
    expect((await recordOf(scene.orders.store, 1)).at(-1)).toMatchObject({ type: 'EffectCompleted' });
    expect(await scene.timeFor(scene.start().run())).toBe(0);
    expect(scene.orders.arrivals.map(({ step }) => step)).toEqual(['reserve', 'notify']);
  });

  it('lets it run no more', async () => {
    await scene.orders.tell(placed(1));
    const runner = scene.start();
    await runner.close();
    await expect(runner.run()).rejects.toMatchObject({ code: 'store-closed' });
    await runner.close();
    expect(scene.orders.arrivals).toEqual([]);
  });

  it('ends its waiting for another', async () => {
    await scene.orders.tell(placed(1));
    const gate = scene.standingStill();
    const other = scene.start();
    void other.run();
    await gate.arrived;
    const waiting = scene.start();
    const run = waiting.run();
    await turn();
    await waiting.close();
    await expect(run).rejects.toMatchObject({ code: 'store-closed' });
    gate.open();
    await other.close();
  });
});

describe('a parked effect', () => {
  it('is unparked by a person whoever acts', async () => {
    await scene.orders.tell(placed(1));
    scene.orders.answer = () => ({ outcome: 'impossible', reason: 'no-stock' });
    const runner = scene.start();
    await runner.run();
    await scene.orders.tell(placed(2));
    const gate = scene.standingStill();
    const other = scene.start();
    const run = other.run();
    await gate.arrived;
    for (const { instanceId, effectId } of runner.outstanding()) await runner.unpark(instanceId, effectId);
    expect((await recordOf(scene.orders.store, 1)).at(-1)).toMatchObject({ type: 'EffectUnparked' });
    gate.open();
    await run;
    expect(other.outstanding()).toEqual([]);
  });
});

describe('the duration of a lease', () => {
  it.each([99, 1.5, NaN, Infinity, -1])('is refused when it is %d ms', (durationMs) => {
    expect(() => scene.start({ durationMs })).toThrow(RangeError);
  });
});
