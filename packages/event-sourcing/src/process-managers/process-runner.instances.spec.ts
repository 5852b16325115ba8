import { describe, expect, it } from '@jest/globals';
import { newEvent } from '../testing/conformance/events';
import { after, createOrderScene, noted, orderIdOf, placed } from '../testing/order-scene';
import { orderProcess } from '../testing/sample-order';

describe('a process runner with several instances', () => {
  it('keeps instances apart, and leaves events alone that concern none', async () => {
    const scene = createOrderScene();
    await scene.tell({ type: 'ShopOpened', data: { at: after(0) } });
    await scene.tell(placed(1));
    await scene.tell(placed(2));
    await scene.tell(noted(2, 7));
    await scene.store.append('others', 'no-stream', [newEvent()]);
    const runner = scene.startRunner();
    await runner.run();
    expect([...runner.instances().keys()]).toEqual([orderIdOf(1), orderIdOf(2)]);
    expect(runner.instance(orderIdOf(1))?.state.told).not.toContain('note 7');
    expect(runner.instance(orderIdOf(2))?.state.told).toContain('note 7');
    expect(new Set(scene.arrivals.map(({ effectId }) => effectId)).size).toBe(4);
  });

  it('shares a store with another process of the same instances whose name begins alike', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1));
    const audit = scene.startRunner({
      manager: { ...orderProcess, name: 'order-audit', react: () => [] },
      handle: () => Promise.reject(new Error('the audit has nothing to do')),
    });
    const runner = scene.startRunner();
    for (const each of [runner, audit, runner, scene.startRunner()]) await each.run();
    expect(scene.arrivals.map(({ step }) => step)).toEqual(['reserve', 'notify']);
    expect(runner.instances().size).toBe(1);
    expect(audit.instance(orderIdOf(1))).toMatchObject({ version: 1, state: { told: ['OrderPlaced'] } });
  });

  it('gives the effects of two such processes ids of their own', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1));
    await scene.startRunner().run();
    await scene.startRunner({ manager: { ...orderProcess, name: 'order-copy' } }).run();
    expect(new Set(scene.arrivals.map(({ effectId }) => effectId)).size).toBe(4);
  });
});
