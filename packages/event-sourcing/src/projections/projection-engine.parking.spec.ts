import { describe, expect, it } from '@jest/globals';
import { createProjectionScene, numbersIn, wait, type ProjectionScene } from '../testing/projection-scene';
import { tallyWith } from '../testing/sample-tally';
import type { ProjectionEngine } from './projection-engine';

describe('a parked partition', () => {
  const sceneWithParked = async (): Promise<{
    readonly scene: ProjectionScene;
    readonly engine: ProjectionEngine;
  }> => {
    const scene = createProjectionScene();
    const engine = scene.start();
    await scene.write({ stream: 'b', entries: ['readable'] });
    await scene.write({ stream: 'a', entries: ['readable', 'unlucky', 'readable'] });
    await engine.run();
    await scene.write({ stream: 'a', entries: ['readable'] });
    await scene.write({ stream: 'b', entries: ['readable'] });
    await engine.run();
    return { scene, engine };
  };

  it('is known, with the event and why, and answers nothing; the others go on', async () => {
    const { engine } = await sceneWithParked();
    expect(await engine.status()).toMatchObject([
      { status: 'active', parked: [{ partition: 'a', reason: 'handling failed with RangeError', held: 2 }] },
    ]);
    expect(await numbersIn(engine)).toBe('parked');
    expect(await numbersIn(engine, 'b')).toEqual([100, 105]);
  });

  it('goes on in order, when its event can be handled at last', async () => {
    const { scene } = await sceneWithParked();
    const mended = tallyWith({
      evolve: (tally, { event }) => ({ numbers: [...(tally?.numbers ?? []), event.data.number] }),
    });
    wait(scene, 60_000);
    const engine = scene.start({ projections: [mended] });
    await engine.retry('tally', 'a');
    expect(await numbersIn(engine)).toEqual([101, 13, 103, 104]);
    await scene.write({ stream: 'a', entries: ['readable'] });
    await engine.run();
    expect(await numbersIn(engine)).toEqual([101, 13, 103, 104, 106]);
  });

  it('stays parked, when it still cannot be', async () => {
    const { engine } = await sceneWithParked();
    const before = await engine.status();
    await engine.retry('tally', 'a');
    expect(await engine.status()).toEqual(before);
  });

  it('goes on behind it, when somebody passes over it, up to the next one', async () => {
    const { scene, engine } = await sceneWithParked();
    await scene.write({ stream: 'a', entries: ['unreadable', 'readable'] });
    await engine.run();
    await engine.resolve('tally', 'a');
    expect(await engine.status()).toMatchObject([{ parked: [{ partition: 'a', held: 1 }] }]);
    await engine.resolve('tally', 'a');
    expect(await numbersIn(engine)).toEqual([101, 103, 104, 107]);
    await engine.resolve('tally', 'a');
  });

  it('changes no document of an event half', async () => {
    const scene = createProjectionScene();
    const engine = scene.start({
      projections: [
        tallyWith({
          evolve: (tally, { event }, key) => {
            if (key === 'even') throw new RangeError('no');
            return { numbers: [...(tally?.numbers ?? []), event.data.number] };
          },
        }),
      ],
    });
    await scene.write({ stream: 'a', entries: ['readable'] });
    await engine.run();
    const [generation] = await scene.projectionStore.generations();
    expect(await scene.projectionStore.load(generation!, [{ partition: 'a', key: 'all' }])).toEqual([
      undefined,
    ]);
  });
});
