import { describe, expect, it } from '@jest/globals';
import { after, createOrderScene, placed, recordOf } from '../testing/order-scene';

describe('a failure of the store', () => {
  it('ends the run for all at once', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1));
    await scene.tell(placed(2));
    const runner = scene.startRunner({
      store: {
        ...scene.store,
        append: async (...request) => {
          await scene.store.close();
          return scene.store.append(...request);
        },
      },
    });
    await expect(runner.run()).rejects.toMatchObject({ code: 'store-closed' });
    expect(scene.arrivals).toEqual([]);
  });
});

describe('a run that is stopped while it learns what happened', () => {
  it('fires no deadline, which something it has not seen may have made void', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1, 10_000));
    const runner = scene.startRunner();
    await runner.run();
    scene.clock.now = after(20_000);
    const stop = new AbortController();
    const stopping = scene.startRunner({
      store: {
        ...scene.store,
        readAll: async (options) => {
          if (options?.filter?.streamPrefix === undefined) stop.abort();
          return scene.store.readAll(options);
        },
      },
    });
    await stopping.run(stop.signal);
    expect((await recordOf(scene.store, 1)).map(({ type }) => type)).not.toContain('DeadlineReached');
    await runner.run();
    expect((await recordOf(scene.store, 1)).map(({ type }) => type)).toContain('DeadlineReached');
  });
});
