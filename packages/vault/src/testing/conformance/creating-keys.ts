import assert from 'node:assert/strict';
import type { KeyPath } from '../../key-path';
import type { ConformanceTest } from '../conformance-test';
import { testOnStore } from '../conformance-test';
import {
  activeChain,
  asStored,
  createOne,
  EVENING,
  freshBytes,
  MORNING,
  newKey,
  outcomesOf,
  plainKey,
  plant,
  refusesWith,
  stateOf,
} from './scenery';

const MANY = 12_000;

export const creatingKeys: readonly ConformanceTest[] = [
  testOnStore(
    'a key is never known until it is created, then active with its whole chain',
    async (store, other) => {
      assert.equal(await stateOf(store, ['c1', 'd1', 'r1']), 'never-known');
      const keys = await plant(store, ['c1'], ['c1', 'd1'], ['c1', 'd1', 'r1']);
      const reading = await other.read(['c1', 'd1', 'r1']);
      assert.equal(reading.state, 'active');
      assert.equal(reading.frozenAt, null);
      assert.deepEqual(
        await activeChain(other, ['c1', 'd1', 'r1']),
        keys.map((key) => asStored(key)),
      );
      assert.deepEqual(
        await activeChain(other, ['c1']),
        keys.slice(0, 1).map((key) => asStored(key)),
      );
      assert.equal(await stateOf(store, ['c1', 'd1', 'r2']), 'never-known');
      assert.equal(await stateOf(store, ['c1', 'd2']), 'never-known');
      assert.equal(await stateOf(store, ['c2']), 'never-known');
    },
  ),

  testOnStore('two racing creators agree on one key', async (store, other) => {
    const mine = newKey(['c1']);
    const yours = newKey(['c1']);
    const outcomes = await Promise.all([createOne(store, mine), createOne(other, yours)]);
    assert.deepEqual(outcomesOf(outcomes).toSorted(), ['created', 'known']);
    const winner = outcomes[0].outcome === 'created' ? mine : yours;
    for (const outcome of outcomes) {
      assert.ok(outcome.outcome === 'created' || outcome.outcome === 'known');
      assert.deepEqual(plainKey(outcome.key), asStored(winner));
    }
    assert.deepEqual(await activeChain(store, ['c1']), [asStored(winner)]);
  }),

  testOnStore('creating a key again gives the first one, whatever bytes are offered', async (store) => {
    const [first] = await plant(store, ['c1']);
    assert.ok(first);
    const again = await createOne(store, newKey(['c1']));
    assert.equal(again.outcome, 'known');
    assert.deepEqual(plainKey(again.key), asStored(first));
  }),

  testOnStore('a key is refused when its parent was never known', async (store) => {
    assert.equal((await createOne(store, newKey(['c1', 'd1']))).outcome, 'parent-never-known');
    await plant(store, ['c1']);
    assert.equal((await createOne(store, newKey(['c1', 'd1', 'r1']))).outcome, 'parent-never-known');
    assert.equal(await stateOf(store, ['c1', 'd1']), 'never-known');
  }),

  testOnStore('a key is refused when its parent was rotated in the meantime', async (store, other) => {
    await plant(store, ['c1']);
    await other.replace([{ path: ['c1'], wrapped: freshBytes(), expectedGeneration: 1 }]);
    assert.equal((await createOne(store, newKey(['c1', 'd1'], 1))).outcome, 'parent-changed');
    assert.equal(await stateOf(store, ['c1', 'd1']), 'never-known');
    assert.equal((await createOne(store, newKey(['c1', 'd1'], 2))).outcome, 'created');
  }),

  testOnStore(
    'the answers come in the order of the keys, and one refusal holds up no other',
    async (store) => {
      await plant(store, ['c1'], ['c1', 'd1']);
      await store.fence(['c1', 'd1', 'r2'], MORNING);
      const paths: readonly KeyPath[] = [
        ['c1', 'd1', 'r1'],
        ['c1', 'd1', 'r2'],
        ['c1', 'd9', 'r1'],
        ['c1', 'd1', 'r1'],
        ['c2'],
        ['c2', 'd1'],
      ];
      const outcomes = await store.create(paths.map((path) => newKey(path)));
      assert.deepEqual(outcomesOf(outcomes), [
        'created',
        'erased',
        'parent-never-known',
        'known',
        'created',
        'created',
      ]);
      assert.equal(await stateOf(store, ['c1', 'd1', 'r1']), 'active');
    },
  ),

  testOnStore('an import of many recipients is one call', async (store, other) => {
    await plant(store, ['c1'], ['c1', 'd1']);
    const keys = Array.from({ length: MANY }, (_, index) =>
      newKey(['c1', 'd1', `recipient-${String(index)}`]),
    );
    const outcomes = await store.create(keys);
    assert.equal(outcomes.filter(({ outcome }) => outcome === 'created').length, MANY);
    assert.deepEqual(await other.countKeys(['c1']), { contracts: 1, dataSets: 1, recipients: MANY });
    const last = keys.at(-1);
    assert.ok(last);
    assert.deepEqual((await activeChain(other, last.path)).at(-1), asStored(last));
  }),

  testOnStore('bytes given and bytes received are copies', async (store) => {
    const key = newKey(['c1']);
    const expected = asStored(key);
    await store.create([key]);
    key.wrapped.fill(0);
    const reading = await store.read(['c1']);
    if (reading.state === 'active') reading.chain[0]?.wrapped.fill(0);
    assert.deepEqual(await activeChain(store, ['c1']), [expected]);
  }),

  testOnStore('an id that is not opaque is refused everywhere, and nothing is stored', async (store) => {
    const invalid: readonly unknown[] = [
      ['anna@example.com'],
      ['c1', '+48 600 700 800'],
      ['c1', 'd1', 'anna@example.com'],
      ['c1', 'd1', ''],
      ['c1', 'd1', 'r'.repeat(65)],
      ['c1', 'd1/r1'],
      ['c1', 'd1', 'r1', 'x1'],
      [],
    ];
    await plant(store, ['c1'], ['c1', 'd1']);
    for (const path of invalid as readonly KeyPath[]) {
      const refused = refusesWith('invalid-key-path');
      await assert.rejects(async () => store.read(path), refused);
      await assert.rejects(async () => store.create([newKey(['c9']), newKey(path, 1)]), refused);
      await assert.rejects(
        async () => store.replace([{ path, wrapped: freshBytes(), expectedGeneration: 1 }]),
        refused,
      );
      await assert.rejects(async () => store.fence(path, EVENING), refused);
      await assert.rejects(async () => store.destroy(path, EVENING), refused);
      await assert.rejects(async () => store.countKeys(path), refused);
      await assert.rejects(
        async () => store.reapplyFences([{ path, fenceRevision: 7, fencedAt: EVENING }]),
        refused,
      );
    }
    await assert.rejects(
      async () => store.freeze('anna@example.com', EVENING),
      refusesWith('invalid-key-path'),
    );
    assert.equal(await stateOf(store, ['c9']), 'never-known');
    assert.deepEqual(await store.listFences({ after: null, limit: 9 }), { fences: [], next: null });
  }),

  testOnStore(
    'a closed handle refuses everything; closing twice is closing once; the other handle goes on',
    async (store, other) => {
      await plant(store, ['c1']);
      await store.close();
      await store.close();
      await assert.rejects(async () => store.read(['c1']), refusesWith('store-closed'));
      await assert.rejects(async () => store.revision(), refusesWith('store-closed'));
      await assert.rejects(async () => store.fence(['c1'], EVENING), refusesWith('store-closed'));
      assert.equal(await stateOf(other, ['c1']), 'active');
    },
  ),
];
