import { describe, expect, it } from '@jest/globals';
import { createProjectionScene, numbersIn, statusIn } from '../testing/projection-scene';
import { tallyWith } from '../testing/sample-tally';

describe('a rebuild', () => {
  it('goes on beside the live one, and takes its place at once', async () => {
    const scene = createProjectionScene();
    const engine = scene.start();
    await scene.write({ stream: 'a', entries: ['readable', 'readable', 'readable', 'readable'] });
    await engine.run();
    await engine.rebuild('tally');
    expect(await statusIn(engine)).toEqual([
      [1, 1, 'active', true],
      [1, 2, 'booting', false],
    ]);
    expect(await numbersIn(engine)).toHaveLength(4);
    await engine.run();
    expect(await statusIn(engine)).toEqual([[1, 2, 'active', true]]);
    expect(await numbersIn(engine)).toHaveLength(4);
  });

  it('is what a new version begins with; the old one is asked until then, and stays until it is removed', async () => {
    const scene = createProjectionScene();
    await scene.write({ stream: 'a', entries: ['readable', 'readable'] });
    const old = scene.start();
    await old.run();
    await old.close();
    const doubled = tallyWith({
      version: 2,
      evolve: (tally, { event }) => ({ numbers: [...(tally?.numbers ?? []), 2 * event.data.number] }),
    });
    const engine = scene.start({ projections: [doubled] });
    expect(await numbersIn(engine)).toEqual([100, 101]);
    await engine.run();
    expect(await numbersIn(engine)).toEqual([200, 202]);
    expect(await statusIn(engine)).toEqual([
      [1, 1, 'detached', false],
      [2, 2, 'active', true],
    ]);
    await engine.remove({ name: 'tally', generation: 2 });
    await engine.remove({ name: 'tally', generation: 1 });
    expect(await statusIn(engine)).toEqual([[2, 2, 'active', true]]);
  });

  it('is undone when the old software comes back', async () => {
    const scene = createProjectionScene();
    await scene.write({ stream: 'a', entries: ['readable'] });
    for (const version of [1, 2]) {
      const engine = scene.start({ projections: [tallyWith({ version })] });
      await engine.run();
      await engine.close();
    }
    const old = scene.start();
    await scene.write({ stream: 'a', entries: ['readable'] });
    await old.run();
    expect(await statusIn(old)).toEqual([
      [1, 1, 'active', true],
      [2, 2, 'detached', false],
    ]);
    expect(await numbersIn(old)).toEqual([100, 101]);
  });

  it('leaves the old version to the old software, while that still runs', async () => {
    const scene = createProjectionScene();
    const old = scene.start();
    const young = scene.start({ projections: [tallyWith({ version: 2 })] });
    for (let round = 0; round < 3; round += 1) {
      await scene.write({ stream: 'a', entries: ['readable'] });
      await old.run();
      await young.run();
    }
    expect(await statusIn(old)).toEqual([
      [1, 1, 'active', false],
      [2, 2, 'active', true],
    ]);
    const generations = await scene.projectionStore.generations();
    for (const generation of generations) {
      const [all] = await scene.projectionStore.load(generation, [{ partition: 'a', key: 'all' }]);
      expect(all).toEqual({ numbers: [100, 101, 102] });
    }
  });
});
