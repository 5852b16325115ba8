import assert from 'node:assert/strict';
import type { ConformanceTest } from '../conformance-test';
import { testOnStore } from '../conformance-test';
import {
  activeChain,
  createOne,
  EVENING,
  freshBytes,
  holdsBytes,
  MORNING,
  newKey,
  NOON,
  plant,
  refusesWith,
  stateOf,
} from './scenery';

export const erasingKeys: readonly ConformanceTest[] = [
  testOnStore(
    'a fence erases the key and everything beneath, also what never existed',
    async (store, other) => {
      await plant(store, ['c1'], ['c1', 'd1'], ['c1', 'd1', 'r1'], ['c2']);
      const { fenceRevision } = await store.fence(['c1'], MORNING);
      const erased = { state: 'erased', erasedAt: MORNING, fenceRevision };
      assert.deepEqual(await other.read(['c1']), erased);
      assert.deepEqual(await other.read(['c1', 'd1', 'r1']), erased);
      assert.deepEqual(await other.read(['c1', 'never', 'there']), erased);
      assert.equal(await stateOf(other, ['c2']), 'active');
    },
  ),

  testOnStore(
    'a fence on one recipient leaves its neighbours and the keys above as they were',
    async (store) => {
      await plant(store, ['c1'], ['c1', 'd1'], ['c1', 'd1', 'r1'], ['c1', 'd1', 'r2'], ['c1', 'd1', 'r10']);
      const before = await activeChain(store, ['c1', 'd1', 'r10']);
      await store.fence(['c1', 'd1', 'r1'], MORNING);
      await store.destroy(['c1', 'd1', 'r1'], NOON);
      assert.equal(await stateOf(store, ['c1', 'd1', 'r1']), 'erased');
      assert.equal(await stateOf(store, ['c1', 'd1', 'r2']), 'active');
      assert.deepEqual(await activeChain(store, ['c1', 'd1', 'r10']), before);
      assert.deepEqual(await store.countKeys(['c1']), { contracts: 1, dataSets: 1, recipients: 2 });
    },
  ),

  testOnStore('a fence on a contract whose id begins another id leaves the other alone', async (store) => {
    await plant(store, ['c1'], ['c1', 'd1'], ['c10'], ['c10', 'd1'], ['c1_'], ['C1']);
    await store.fence(['c1'], MORNING);
    const { keysDestroyed } = await store.destroy(['c1'], NOON);
    assert.deepEqual(keysDestroyed, { contracts: 1, dataSets: 1, recipients: 0 });
    assert.equal(await stateOf(store, ['c10', 'd1']), 'active');
    assert.equal(await stateOf(store, ['c1_']), 'active');
    assert.equal(await stateOf(store, ['C1']), 'active');
  }),

  testOnStore('fencing twice gives the first revision and the first time', async (store, other) => {
    const first = await store.fence(['c1'], MORNING);
    const second = await other.fence(['c1'], EVENING);
    assert.deepEqual(first, { path: ['c1'], fenceRevision: 1, fencedAt: MORNING, destruction: null });
    assert.deepEqual(second, first);
  }),

  testOnStore('fence revisions grow by one with every new fence', async (store, other) => {
    assert.equal((await store.fence(['c1'], MORNING)).fenceRevision, 1);
    assert.equal((await other.fence(['c2', 'd1'], MORNING)).fenceRevision, 2);
    assert.equal((await store.fence(['c1'], NOON)).fenceRevision, 1);
    assert.equal((await store.fence(['c3', 'd1', 'r1'], NOON)).fenceRevision, 3);
  }),

  testOnStore('the first fence that covers a key decides its answer for ever', async (store) => {
    await plant(store, ['c1'], ['c1', 'd1'], ['c1', 'd1', 'r1']);
    await store.fence(['c1', 'd1', 'r1'], MORNING);
    await store.fence(['c1'], NOON);
    await store.fence(['c1', 'd1'], EVENING);
    assert.deepEqual(await store.read(['c1', 'd1', 'r1']), {
      state: 'erased',
      erasedAt: MORNING,
      fenceRevision: 1,
    });
    assert.deepEqual(await store.read(['c1', 'd1', 'r2']), {
      state: 'erased',
      erasedAt: NOON,
      fenceRevision: 2,
    });
    assert.deepEqual(await store.read(['c1', 'd1']), { state: 'erased', erasedAt: NOON, fenceRevision: 2 });
  }),

  testOnStore('nothing can be created beneath a fence, before and after destroying', async (store, other) => {
    await plant(store, ['c1'], ['c1', 'd1']);
    await store.fence(['c1'], MORNING);
    const erased = { outcome: 'erased', erased: { state: 'erased', erasedAt: MORNING, fenceRevision: 1 } };
    assert.deepEqual(await createOne(other, newKey(['c1', 'd1', 'r1'])), erased);
    await store.destroy(['c1'], NOON);
    assert.deepEqual(await createOne(other, newKey(['c1'])), erased);
    assert.deepEqual(await createOne(store, newKey(['c1', 'd1'])), erased);
    assert.deepEqual(await createOne(store, newKey(['c1', 'd7', 'r7'])), erased);
    assert.deepEqual(await store.countKeys(['c1']), { contracts: 0, dataSets: 0, recipients: 0 });
  }),

  testOnStore('nothing can be replaced beneath a fence', async (store) => {
    await plant(store, ['c1']);
    await store.fence(['c1'], MORNING);
    const [outcome] = await store.replace([{ path: ['c1'], wrapped: freshBytes(), expectedGeneration: 1 }]);
    assert.equal(outcome?.outcome, 'erased');
  }),

  testOnStore('keys are destroyed only after a fence on the very same path', async (store) => {
    await plant(store, ['c1'], ['c1', 'd1']);
    await assert.rejects(async () => store.destroy(['c1', 'd1'], NOON), refusesWith('not-fenced'));
    await store.fence(['c1'], MORNING);
    await assert.rejects(async () => store.destroy(['c1', 'd1'], NOON), refusesWith('not-fenced'));
    assert.deepEqual(await store.countKeys(['c1']), { contracts: 1, dataSets: 1, recipients: 0 });
  }),

  testOnStore(
    'destroying counts what was counted before, and a repetition gives the facts of the first time',
    async (store, other) => {
      await plant(store, ['c1'], ['c1', 'd1'], ['c1', 'd1', 'r1'], ['c1', 'd1', 'r2'], ['c1', 'd2'], ['c2']);
      await store.fence(['c1', 'd1', 'r1'], MORNING);
      await store.destroy(['c1', 'd1', 'r1'], MORNING);
      await store.fence(['c1'], NOON);
      const counted = await store.countKeys(['c1']);
      const first = await store.destroy(['c1'], NOON);
      const second = await other.destroy(['c1'], EVENING);
      assert.deepEqual(counted, { contracts: 1, dataSets: 2, recipients: 1 });
      assert.deepEqual(first, { path: ['c1'], fenceRevision: 2, destroyedAt: NOON, keysDestroyed: counted });
      assert.deepEqual(second, first);
      assert.deepEqual(await store.countKeys(['c1']), { contracts: 0, dataSets: 0, recipients: 0 });
      assert.deepEqual(await store.countKeys(['c2']), { contracts: 1, dataSets: 0, recipients: 0 });
    },
  ),

  testOnStore('a fence on what never existed can be destroyed: nothing, but on record', async (store) => {
    await store.fence(['c1'], MORNING);
    const { keysDestroyed, destroyedAt } = await store.destroy(['c1'], NOON);
    assert.deepEqual(keysDestroyed, { contracts: 0, dataSets: 0, recipients: 0 });
    assert.equal(destroyedAt, NOON);
    assert.equal((await store.destroy(['c1'], EVENING)).destroyedAt, NOON);
  }),

  testOnStore('the bytes of destroyed keys are nowhere in the store', async (store, _other, harness) => {
    const keys = await plant(store, ['c1'], ['c1', 'd1'], ['c1', 'd1', 'r1'], ['c2']);
    const isStored = async (): Promise<readonly boolean[]> => {
      const stored = await harness.storedBytes();
      return keys.map(({ wrapped }) => holdsBytes(stored, wrapped));
    };
    assert.deepEqual(await isStored(), [true, true, true, true]);
    await store.fence(['c1'], MORNING);
    await store.destroy(['c1'], NOON);
    assert.deepEqual(await isStored(), [false, false, false, true]);
  }),
];
