import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventStoreError } from '../event-store/event-store-error';
import {
  createProjectionScene,
  expectedNumbers,
  numbersIn,
  statusIn,
  wait,
} from '../testing/projection-scene';
import { writings } from '../testing/sample-notes';
import type { ProjectionEngineOptions } from './projection-engine';

describe('a projection', () => {
  it('knows after any history what a fold in one go would know, whatever the size of its batches', async () => {
    await fc.assert(
      fc.asyncProperty(writings('with poison'), fc.integer({ min: 1, max: 5 }), async (all, batchSize) => {
        const scene = createProjectionScene();
        const engine = scene.start({ batchSize });
        for (const writing of all) {
          await scene.write(writing);
          await engine.run();
        }
        for (const partition of ['a', 'b', 'c']) {
          if (all.length === 0) break;
          expect(await numbersIn(engine, partition)).toEqual(await expectedNumbers(scene.store, partition));
        }
      }),
    );
  });

  it('is new, then booting until it has read everything, then active', async () => {
    const scene = createProjectionScene();
    await scene.write({ stream: 'a', entries: ['readable', 'readable', 'readable', 'readable'] });
    const stop = new AbortController();
    const engine = scene.start({
      store: {
        readAll: async (options) => {
          const page = await scene.store.readAll(options);
          stop.abort();
          return page;
        },
      },
    });
    expect(await statusIn(engine)).toEqual([[1, 0, 'new', false]]);
    await engine.run(stop.signal);
    expect(await statusIn(engine)).toEqual([[1, 1, 'booting', false]]);
    expect(await numbersIn(engine)).toBe('unknown');
    await engine.run();
    expect(await statusIn(engine)).toEqual([[1, 1, 'active', true]]);
    expect(await numbersIn(engine)).toEqual([100, 101, 102, 103]);
  });

  it('waits for a position, and says so when it cannot be reached', async () => {
    const scene = createProjectionScene();
    const engine = scene.start();
    await scene.write({ stream: 'a', entries: ['readable'] });
    const { next } = await scene.store.readAll();
    await engine.waitFor('tally', next);
    expect(await numbersIn(engine)).toEqual([100]);
    await engine.pause('tally');
    await scene.write({ stream: 'a', entries: ['readable'] });
    const head = (await scene.store.readAll()).next;
    await expect(engine.waitFor('tally', head, { timeoutMs: 30 })).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  it('tells how long the oldest event has waited that it has not read', async () => {
    const scene = createProjectionScene();
    const engine = scene.start();
    await engine.run();
    await scene.write({ stream: 'a', entries: ['readable'] });
    wait(scene, 4000);
    await scene.write({ stream: 'a', entries: ['readable'] });
    wait(scene, 3000);
    expect(await engine.status()).toMatchObject([{ lagMs: 7000 }]);
    await engine.run();
    expect(await engine.status()).toMatchObject([{ lagMs: 0 }]);
  });
});

describe('a projection whose store fails', () => {
  it('is tried again later, with growing pauses that survive a restart, and can be read meanwhile', async () => {
    const scene = createProjectionScene();
    await scene.start().run();
    await scene.start().close();
    await scene.write({ stream: 'a', entries: ['readable'] });
    let isBroken = true;
    let reads = 0;
    const store: ProjectionEngineOptions['store'] = {
      readAll: (options) => {
        reads += 1;
        return isBroken
          ? Promise.reject(new EventStoreError({ kind: 'unavailable', retryable: true, reason: 'down' }))
          : scene.store.readAll(options);
      },
    };
    wait(scene, 60_000);
    await scene.start({ store }).run();
    expect(await scene.projectionStore.generations()).toMatchObject([
      { status: 'error', isLive: true, failure: { code: 'unavailable', attempts: 1 } },
    ]);
    wait(scene, 999);
    await scene.start({ store }).run();
    expect(reads).toBe(1);
    wait(scene, 30_000);
    const engine = scene.start({ store });
    await engine.run();
    expect(reads).toBe(2);
    isBroken = false;
    wait(scene, 1999);
    await engine.run();
    expect(reads).toBe(2);
    wait(scene, 1);
    await engine.run();
    expect(await numbersIn(engine)).toEqual([100]);
    expect(await statusIn(engine)).toEqual([[1, 1, 'active', true]]);
  });
});

describe('a paused projection', () => {
  it('stands still, in every engine, until it is resumed, and can be read', async () => {
    const scene = createProjectionScene();
    const engine = scene.start();
    await scene.write({ stream: 'a', entries: ['readable'] });
    await engine.run();
    await scene.start().pause('tally');
    await scene.write({ stream: 'a', entries: ['readable'] });
    await engine.run();
    expect(await numbersIn(engine)).toEqual([100]);
    await engine.resume('tally');
    await engine.run();
    expect(await numbersIn(engine)).toEqual([100, 101]);
  });
});
