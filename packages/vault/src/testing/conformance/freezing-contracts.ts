import assert from 'node:assert/strict';
import type { ConformanceTest } from '../conformance-test';
import { testOnStore } from '../conformance-test';
import { createOne, EVENING, MORNING, newKey, NOON, plant, stateOf } from './scenery';

export const freezingContracts: readonly ConformanceTest[] = [
  testOnStore(
    'a frozen contract keeps its keys, says since when, and gets no new ones',
    async (store, other) => {
      await plant(store, ['c1'], ['c1', 'd1'], ['c2'], ['c2', 'd1']);
      assert.deepEqual(await store.freeze('c1', MORNING), { contractId: 'c1', frozenAt: MORNING });
      const reading = await other.read(['c1', 'd1']);
      assert.ok(reading.state === 'active');
      assert.equal(reading.frozenAt, MORNING);
      assert.deepEqual(await createOne(other, newKey(['c1', 'd1', 'r1'])), {
        outcome: 'frozen',
        frozenAt: MORNING,
      });
      assert.equal((await createOne(other, newKey(['c1', 'd1']))).outcome, 'known');
      assert.equal((await createOne(other, newKey(['c2', 'd1', 'r1']))).outcome, 'created');
      assert.equal(await stateOf(store, ['c1', 'd1', 'r1']), 'never-known');
    },
  ),

  testOnStore('a contract without keys can be frozen, and never gets any', async (store) => {
    await store.freeze('c1', MORNING);
    assert.deepEqual(await createOne(store, newKey(['c1'])), { outcome: 'frozen', frozenAt: MORNING });
    assert.deepEqual(await createOne(store, newKey(['c1', 'd1'])), { outcome: 'frozen', frozenAt: MORNING });
  }),

  testOnStore('freezing twice gives the first time', async (store, other) => {
    await store.freeze('c1', MORNING);
    assert.deepEqual(await other.freeze('c1', NOON), { contractId: 'c1', frozenAt: MORNING });
  }),

  testOnStore('a fence is stronger than a freeze', async (store) => {
    await plant(store, ['c1']);
    await store.freeze('c1', MORNING);
    await store.fence(['c1'], NOON);
    assert.equal(await stateOf(store, ['c1']), 'erased');
    assert.equal((await createOne(store, newKey(['c1', 'd1']))).outcome, 'erased');
  }),

  testOnStore(
    'the revision grows with every new fence and freeze, is seen by all, and nothing else moves it',
    async (store, other) => {
      const revisions: number[] = [];
      const note = async (): Promise<void> => {
        const [mine, theirs] = [await store.revision(), await other.revision()];
        assert.equal(mine, theirs);
        revisions.push(mine);
      };
      await note();
      await plant(store, ['c1'], ['c1', 'd1']);
      await store.replace([{ path: ['c1'], wrapped: Uint8Array.of(1), expectedGeneration: 1 }]);
      await note();
      await other.fence(['c1', 'd1'], MORNING);
      await note();
      await store.fence(['c1', 'd1'], NOON);
      await store.destroy(['c1', 'd1'], NOON);
      await note();
      await store.freeze('c1', NOON);
      await note();
      await store.freeze('c1', EVENING);
      await note();
      await store.reapplyFences([{ path: ['c2'], fenceRevision: 40, fencedAt: MORNING }]);
      await note();
      const grew = revisions.slice(1).map((revision, index) => revision > (revisions[index] ?? Number.NaN));
      assert.deepEqual(grew, [false, true, false, true, false, true]);
      assert.equal(revisions[0], revisions[1]);
    },
  ),
];
