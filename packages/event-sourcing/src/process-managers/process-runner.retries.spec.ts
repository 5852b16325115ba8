import { describe, expect, it } from '@jest/globals';
import type { ProcessEvent } from './process-record';
import {
  arrivalsOf,
  runOn,
  sceneWhereReservingFails,
  sceneWithParkedReservation,
} from '../testing/failing-reservation';
import {
  after,
  createOrderScene,
  orderIdOf,
  placed,
  recordOf,
  type OrderScene,
} from '../testing/order-scene';

const entriesOf = async (scene: OrderScene, ...types: readonly ProcessEvent['type'][]): Promise<unknown> =>
  (await recordOf(scene.store, 1)).filter(({ type }) => types.includes(type));

describe('an effect that fails', () => {
  it('is tried again when its time has come, and not before', async () => {
    const { scene, repair } = sceneWhereReservingFails();
    await scene.tell(placed(1));
    const runner = scene.startRunner();
    await runner.run();
    expect(runner.nextDueAt()).toBe(after(1000));
    expect(runner.outstanding()).toMatchObject([
      { instanceId: orderIdOf(1), effect: { step: 'reserve' }, attempts: 1, retryAt: after(1000) },
    ]);
    scene.clock.now = after(999);
    await runner.run();
    expect(arrivalsOf(scene, 'reserve')).toBe(1);
    repair();
    scene.clock.now = after(1000);
    await runner.run();
    expect(arrivalsOf(scene, 'reserve')).toBe(2);
    expect(runner.outstanding()).toEqual([]);
  });

  it('keeps its id, its attempts and its time over a restart', async () => {
    const { scene, repair } = sceneWhereReservingFails();
    await scene.tell(placed(1));
    await scene.startRunner().run();
    scene.clock.now = after(500);
    const another = scene.startRunner();
    await another.run();
    expect(arrivalsOf(scene, 'reserve')).toBe(1);
    repair();
    await runOn(scene, another, 1);
    const ids = scene.arrivals.filter(({ step }) => step === 'reserve').map(({ effectId }) => effectId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('does not hold up the other effects of its process', async () => {
    const { scene } = sceneWhereReservingFails();
    await scene.tell(placed(1));
    await scene.startRunner().run();
    expect(arrivalsOf(scene, 'notify')).toBe(1);
  });

  it('has every attempt on record, with longer and longer pauses, then is parked', async () => {
    const { scene, runner } = await sceneWithParkedReservation();
    const { effectId } = scene.arrivals[0]!;
    const reason = 'no-stock';
    expect(await entriesOf(scene, 'EffectFailed', 'EffectParked')).toEqual([
      {
        type: 'EffectFailed',
        data: { effectId, attempt: 1, reason, failedAt: after(0), retryAt: after(1000) },
      },
      {
        type: 'EffectFailed',
        data: { effectId, attempt: 2, reason, failedAt: after(1000), retryAt: after(3000) },
      },
      { type: 'EffectParked', data: { effectId, reason, parkedAt: after(3000) } },
    ]);
    expect(runner.outstanding()).toMatchObject([{ attempts: 3, parked: reason }]);
    expect(runner.nextDueAt()).toBeUndefined();
    expect(runner.instance(orderIdOf(1))?.state.told.at(-1)).toBe('parked reserve');
  });

  it('is parked at once when no try will help', async () => {
    const scene = createOrderScene();
    scene.answer = () => ({ outcome: 'impossible', reason: 'no-such-store' });
    await scene.tell(placed(1));
    const runner = scene.startRunner();
    await runner.run();
    expect(runner.outstanding()).toMatchObject([{ parked: 'no-such-store' }, { parked: 'no-such-store' }]);
    expect(scene.arrivals).toHaveLength(2);
  });
});
