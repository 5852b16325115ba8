import assert from 'node:assert/strict';
import { testOnProjections, type ProjectionStoreConformanceTest } from '../projection-conformance-test';
import {
  batch,
  begun,
  begunWithContents,
  claimBy,
  contentsOf,
  documentIn,
  goneLive,
  namesAndNumbers,
  newHolder,
  recordOf,
} from './generations';

export const removing: readonly ProjectionStoreConformanceTest[] = [
  testOnProjections('a generation is removed, and with it what it knows', async ({ store, name }) => {
    const generation = await begunWithContents(store, name());
    assert.equal(await store.remove(generation), true);
    assert.deepEqual(await namesAndNumbers(store, name('')), []);
    assert.equal(await documentIn(store, generation), undefined);
    assert.equal(await store.claim(generation, claimBy(newHolder())), undefined);
  }),

  testOnProjections('one that is begun anew under its number knows nothing of it', async (scenario) => {
    const { store, name } = scenario;
    const generation = await begunWithContents(store, name());
    assert.equal(await store.remove(generation), true);
    assert.equal(await store.create(generation, 2), true);
    const { epoch: _, ...rest } = await recordOf(store, generation);
    const { name: own, generation: number } = generation;
    assert.deepEqual(rest, {
      ...{ name: own, generation: number, version: 2, status: 'booting' },
      ...{ isLive: false, parked: [] },
    });
    assert.equal(await documentIn(store, generation), undefined);
  }),

  testOnProjections('whoever held the removed one is too late for the new one', async ({ store, name }) => {
    const lost = await begun(store, name());
    assert.equal(await store.remove(lost), true);
    const next = await begun(store, name());
    assert.ok(next.epoch > lost.epoch);
    assert.equal(await store.commit(lost, batch(lost)), false);
    assert.deepEqual(await recordOf(store, next), next);
  }),

  testOnProjections('others stay', async ({ store, name }) => {
    const others = [
      await begunWithContents(store, name()),
      await begunWithContents(store, name(), 3),
      await begunWithContents(store, name('b'), 2),
    ];
    const before = await Promise.all(others.map((other) => contentsOf(store, other)));
    assert.equal(await store.remove(await begunWithContents(store, name(), 2)), true);
    assert.deepEqual(await Promise.all(others.map((other) => contentsOf(store, other))), before);
  }),

  testOnProjections('the live one stays, until another one is live', async ({ store, name }) => {
    const live = await begunWithContents(store, name());
    await goneLive(store, live);
    const before = await contentsOf(store, live);
    assert.equal(await store.remove(live), false);
    assert.deepEqual(await contentsOf(store, live), before);
    await goneLive(store, await begun(store, name(), 2));
    assert.equal(await store.remove(live), true);
    assert.deepEqual(await namesAndNumbers(store, name('')), [['a', 2]]);
  }),

  testOnProjections('what is not there can be removed, and that again', async ({ store, name }) => {
    const generation = await begun(store, name());
    assert.equal(await store.remove({ ...generation, generation: 2 }), true);
    assert.deepEqual(await recordOf(store, generation), generation);
    assert.equal(await store.remove(generation), true);
    assert.equal(await store.remove(generation), true);
    assert.deepEqual(await namesAndNumbers(store, name('')), []);
  }),
];
