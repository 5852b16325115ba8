import assert from 'node:assert/strict';
import type { ProjectionStore } from '../../projections/projection-store';
import {
  testOnProjections,
  type ProjectionScenario,
  type ProjectionStoreConformanceTest,
} from '../projection-conformance-test';
import {
  batch,
  begun,
  begunWithContents,
  claimBy,
  claimed,
  committed,
  contentsOf,
  goneLive,
  inPartition,
  namesAndNumbers,
  newHolder,
  position,
  readIn,
  recordOf,
} from './generations';

/** A test with a second handle. Where handles share nothing, it is that they do not, as the harness says. */
const testOnHandles = (
  title: string,
  body: (scenario: ProjectionScenario, other: ProjectionStore) => Promise<void>,
): ProjectionStoreConformanceTest =>
  testOnProjections(title, async (scenario) => {
    const { store, open, sharesData, name } = scenario;
    const other = await open();
    if (sharesData) return body(scenario, other);
    const generation = await begunWithContents(store, name());
    await goneLive(store, generation);
    assert.deepEqual(await namesAndNumbers(other, name('')), []);
    assert.deepEqual(await readIn(other, generation), { state: 'unknown' });
  });

export const handles: readonly ProjectionStoreConformanceTest[] = [
  testOnHandles('two handles see what the other has written, at once', async ({ store, name }, other) => {
    const generation = await begunWithContents(store, name());
    assert.equal(await other.create(generation, 1), false);
    assert.deepEqual(await contentsOf(other, generation), await contentsOf(store, generation));
    await goneLive(other, generation);
    assert.equal((await readIn(store, generation)).state, 'found');
    await committed(other, generation, {
      ...{ from: position(1), to: position(2) },
      documents: [{ ...inPartition('p'), document: { by: 'the other' } }],
    });
    assert.deepEqual(await readIn(store, generation), {
      state: 'found',
      document: { by: 'the other' },
      position: position(2),
    });
  }),

  testOnHandles('a generation is held against another handle', async ({ store, name }, other) => {
    const held = await begun(store, name());
    assert.equal(await other.claim(held, claimBy(newHolder(), 10, 40)), undefined);
    const next = await claimed(other, held, claimBy(newHolder(), 30, 60));
    assert.equal(await store.commit(held, batch(held)), false);
    assert.equal(await store.makeLive(held, held.epoch), false);
    assert.deepEqual(await recordOf(store, held), next);
  }),

  testOnHandles('of many batches through two handles exactly one is written', async (scenario, other) => {
    const { store, name } = scenario;
    const generation = await begun(store, name());
    for (let place = 0; place < 5; place += 1) {
      const from = place === 0 ? undefined : position(place);
      const rival = batch(generation, { from, to: position(place + 1) });
      const rivals = [store, other, store, other].map((each) => each.commit(generation, rival));
      const written = (await Promise.all(rivals)).filter(Boolean);
      assert.equal(written.length, 1);
      assert.equal((await recordOf(other, generation)).position, position(place + 1));
    }
  }),

  testOnHandles('a handle that is opened later knows what was written before', async (scenario, other) => {
    const { store, open, name } = scenario;
    const generation = await begunWithContents(store, name());
    await goneLive(store, generation);
    const before = await contentsOf(store, generation);
    await store.close();
    await other.close();
    assert.deepEqual(await contentsOf(await open(), generation), before);
  }),
];
