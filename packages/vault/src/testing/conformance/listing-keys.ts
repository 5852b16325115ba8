import assert from 'node:assert/strict';
import type { KeyParent } from '../../key-path';
import type { Fence, KeyStore, StoredKey } from '../../key-store';
import type { ConformanceTest } from '../conformance-test';
import { testOnStore } from '../conformance-test';
import { activeChain, asStored, EVENING, MORNING, NOON, plainKey, plant, stateOf } from './scenery';

const allKeys = async (store: KeyStore, parent: KeyParent, limit: number): Promise<readonly StoredKey[]> => {
  const found: StoredKey[] = [];
  let after: string | null = null;
  do {
    const page = await store.listKeys(parent, { after, limit });
    assert.ok(page.keys.length <= limit, 'a page holds no more than was asked for');
    assert.ok(page.keys.length > 0 || page.next === null, 'an empty page is the last one');
    found.push(...page.keys);
    after = page.next;
  } while (after !== null);
  return found;
};

const allFences = async (store: KeyStore, limit: number): Promise<readonly Fence[]> => {
  const found: Fence[] = [];
  let after: string | null = null;
  do {
    const page = await store.listFences({ after, limit });
    assert.ok(page.fences.length <= limit, 'a page holds no more than was asked for');
    found.push(...page.fences);
    after = page.next;
  } while (after !== null);
  return found;
};

const listed = async (store: KeyStore, parent: KeyParent, limit: number): Promise<readonly string[]> =>
  (await allKeys(store, parent, limit)).map(({ path }) => path.join('/'));

export const listingKeys: readonly ConformanceTest[] = [
  testOnStore(
    'what was stored is there when all handles were closed and one is opened again',
    async (...opened) => {
      const [store, other, harness] = opened;
      const [contract] = await plant(store, ['c1'], ['c2'], ['c3']);
      assert.ok(contract);
      const fence = await store.fence(['c2'], MORNING);
      const destruction = await store.destroy(['c2'], NOON);
      await store.freeze('c3', EVENING);
      const revision = await store.revision();
      await store.close();
      await other.close();
      const again = await harness.open();
      assert.deepEqual(await activeChain(again, ['c1']), [asStored(contract)]);
      assert.deepEqual(await again.fence(['c2'], EVENING), {
        ...fence,
        destruction: { destroyedAt: NOON, keysDestroyed: destruction.keysDestroyed },
      });
      assert.deepEqual(await again.destroy(['c2'], EVENING), destruction);
      assert.deepEqual(await again.freeze('c3', NOON), { contractId: 'c3', frozenAt: EVENING });
      assert.equal(await again.revision(), revision);
      assert.equal((await again.fence(['c9'], EVENING)).fenceRevision, 2);
    },
  ),

  testOnStore('keys are listed level by level, in the order of their ids, page by page', async (store) => {
    const [contract] = await plant(store, ['c1'], ['c1', 'd1'], ['c1', 'd1', 'r1'], ['c1', 'd1', 'r10']);
    await plant(store, ['c1', 'd1', 'R2'], ['c1', 'd1', '_a'], ['c1', 'd1', '-a'], ['c1', 'd2'], ['c2']);
    assert.ok(contract);
    for (const limit of [1, 2, 3, 100]) {
      assert.deepEqual(await listed(store, [], limit), ['c1', 'c2']);
      assert.deepEqual(await listed(store, ['c1'], limit), ['c1/d1', 'c1/d2']);
      assert.deepEqual(await listed(store, ['c1', 'd1'], limit), [
        'c1/d1/-a',
        'c1/d1/R2',
        'c1/d1/_a',
        'c1/d1/r1',
        'c1/d1/r10',
      ]);
      assert.deepEqual(await listed(store, ['c1', 'd2'], limit), []);
    }
    const [first] = await allKeys(store, [], 1);
    assert.ok(first);
    assert.deepEqual(plainKey(first), asStored(contract));
  }),

  testOnStore('erased keys are not listed', async (store) => {
    await plant(store, ['c1'], ['c1', 'd1'], ['c1', 'd2'], ['c1', 'd3'], ['c2']);
    await store.fence(['c1', 'd2'], MORNING);
    assert.deepEqual(await listed(store, ['c1'], 1), ['c1/d1', 'c1/d3']);
    await store.fence(['c1'], MORNING);
    assert.deepEqual(await listed(store, ['c1'], 10), []);
    assert.deepEqual(await listed(store, [], 10), ['c2']);
  }),

  testOnStore('fences are listed in their order, with what was destroyed', async (store, other) => {
    await plant(store, ['c1'], ['c1', 'd1']);
    await store.fence(['c1', 'd1'], MORNING);
    await store.fence(['c9'], NOON);
    await store.fence(['c1'], NOON);
    await store.destroy(['c1'], EVENING);
    const keysDestroyed = { contracts: 1, dataSets: 1, recipients: 0 };
    const expected: readonly Fence[] = [
      { path: ['c1', 'd1'], fenceRevision: 1, fencedAt: MORNING, destruction: null },
      { path: ['c9'], fenceRevision: 2, fencedAt: NOON, destruction: null },
      {
        path: ['c1'],
        fenceRevision: 3,
        fencedAt: NOON,
        destruction: { destroyedAt: EVENING, keysDestroyed },
      },
    ];
    for (const limit of [1, 2, 3, 100]) assert.deepEqual(await allFences(other, limit), expected);
  }),

  testOnStore(
    're-applied fences keep their revisions and times, and newer ones come after',
    async (store, other) => {
      await plant(store, ['c1'], ['c1', 'd1'], ['c2']);
      const fences = [
        { path: ['c1'], fenceRevision: 41, fencedAt: MORNING },
        { path: ['c3', 'd1'], fenceRevision: 17, fencedAt: NOON },
      ] as const;
      assert.equal(await store.reapplyFences(fences), 2);
      assert.equal(await other.reapplyFences(fences), 0);
      assert.deepEqual(await other.read(['c1', 'd1']), {
        state: 'erased',
        erasedAt: MORNING,
        fenceRevision: 41,
      });
      assert.deepEqual(await other.read(['c3', 'd1', 'r1']), {
        state: 'erased',
        erasedAt: NOON,
        fenceRevision: 17,
      });
      assert.equal(await stateOf(other, ['c2']), 'active');
      assert.equal((await store.fence(['c2'], EVENING)).fenceRevision, 42);
      const { keysDestroyed, fenceRevision } = await store.destroy(['c1'], EVENING);
      assert.deepEqual(keysDestroyed, { contracts: 1, dataSets: 1, recipients: 0 });
      assert.equal(fenceRevision, 41);
    },
  ),

  testOnStore('re-applying a fence does not change the one that is there', async (store) => {
    const fence = await store.fence(['c1'], MORNING);
    assert.equal(await store.reapplyFences([{ path: ['c1'], fenceRevision: 9, fencedAt: NOON }]), 0);
    assert.deepEqual((await store.listFences({ after: null, limit: 9 })).fences, [fence]);
  }),
];
