import assert from 'node:assert/strict';
import type { ProjectionStore } from '../../projections/projection-store';
import { testOnProjections, type ProjectionStoreConformanceTest } from '../projection-conformance-test';
import {
  begun,
  begunWithContents,
  claimBy,
  claimed,
  goneLive,
  moved,
  newHolder,
  recordOf,
  second,
} from './generations';

const liveNumbers = async (store: ProjectionStore, name: string): Promise<readonly number[]> =>
  (await store.generations())
    .filter((each) => each.name === name && each.isLive)
    .map(({ generation }) => generation);

export const goingLive: readonly ProjectionStoreConformanceTest[] = [
  testOnProjections('a booting or active generation goes live and is active', async ({ store, name }) => {
    for (const status of ['booting', 'active'] as const) {
      const generation = await begunWithContents(store, name(status));
      await moved(store, generation, status);
      await goneLive(store, generation);
      assert.deepEqual(await recordOf(store, generation), { ...generation, status: 'active', isLive: true });
    }
  }),

  testOnProjections('going live again changes nothing', async ({ store, name }) => {
    const generation = await begun(store, name());
    await goneLive(store, generation);
    const before = await recordOf(store, generation);
    await goneLive(store, generation);
    assert.deepEqual(await recordOf(store, generation), before);
  }),

  testOnProjections('a failure is over when a generation goes live', async ({ store, name }) => {
    const generation = await begun(store, name());
    const failure = { code: 'unavailable', attempts: 1, retryAt: second(40) };
    const change = { from: 'booting', to: 'active', failure } as const;
    assert.equal(await store.setStatus(generation, generation.epoch, change), true);
    await goneLive(store, generation);
    assert.equal((await recordOf(store, generation)).failure, undefined);
  }),

  testOnProjections('it takes the place of the one before, of its own name only', async ({ store, name }) => {
    const all = [await begun(store, name()), await begun(store, name(), 2), await begun(store, name(), 3)];
    const other = await begun(store, name('b'));
    await goneLive(store, other);
    for (const generation of all) {
      await goneLive(store, generation);
      assert.deepEqual(await liveNumbers(store, name()), [generation.generation]);
    }
    const [first] = all;
    assert.ok(first !== undefined);
    assert.deepEqual(await recordOf(store, first), { ...first, status: 'active', isLive: false });
    assert.deepEqual(await liveNumbers(store, name('b')), [1]);
  }),

  testOnProjections('a paused, failed or detached one does not go live', async ({ store, name }) => {
    for (const status of ['paused', 'error', 'detached'] as const) {
      const live = await begun(store, name(status));
      await goneLive(store, live);
      const generation = await begun(store, name(status), 2);
      await moved(store, generation, status);
      const before = await recordOf(store, generation);
      assert.equal(await store.makeLive(generation, generation.epoch), false);
      assert.deepEqual(await recordOf(store, generation), before);
      assert.deepEqual(await liveNumbers(store, name(status)), [1]);
    }
  }),

  testOnProjections('nor one by somebody who is too late, nor one that there is not', async (scenario) => {
    const { store, name } = scenario;
    const lost = await begun(store, name());
    const next = await claimed(store, lost, claimBy(newHolder(), 30, 60));
    for (const epoch of [lost.epoch, next.epoch + 1]) {
      assert.equal(await store.makeLive(lost, epoch), false);
    }
    assert.equal(await store.makeLive({ ...lost, generation: 2 }, next.epoch), false);
    assert.deepEqual(await recordOf(store, lost), next);
  }),

  testOnProjections('an earlier one does not take the place of a later one', async ({ store, name }) => {
    const [earlier, later] = [await begun(store, name()), await begun(store, name(), 2)];
    await goneLive(store, later);
    for (const status of ['active', 'paused', 'error', 'booting'] as const) {
      await moved(store, later, status);
      assert.equal(await store.makeLive(earlier, earlier.epoch), false);
      assert.deepEqual(await recordOf(store, earlier), earlier);
      assert.deepEqual(await liveNumbers(store, name()), [2]);
    }
  }),

  testOnProjections('it does when the later one is detached, or not live', async ({ store, name }) => {
    const [earlier, later] = [await begun(store, name()), await begun(store, name(), 2)];
    await begun(store, name(), 3);
    await goneLive(store, later);
    await moved(store, later, 'detached');
    await goneLive(store, earlier);
    assert.deepEqual(await recordOf(store, later), { ...later, status: 'detached', isLive: false });
    assert.deepEqual(await liveNumbers(store, name()), [1]);
  }),

  testOnProjections('of many that go live at once the last one stays', async ({ store, name }) => {
    const all = [];
    for (const number of [1, 2, 3, 4]) all.push(await begun(store, name(), number));
    await Promise.all(all.map((each) => store.makeLive(each, each.epoch)));
    assert.deepEqual(await liveNumbers(store, name()), [4]);
  }),
];
