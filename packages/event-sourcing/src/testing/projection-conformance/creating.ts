import assert from 'node:assert/strict';
import { testOnProjections, type ProjectionStoreConformanceTest } from '../projection-conformance-test';
import { begunWithContents, contentsOf, documentIn, namesAndNumbers, recordOf } from './generations';

export const creating: readonly ProjectionStoreConformanceTest[] = [
  testOnProjections(
    'a generation begins as booting: nothing read, held by nobody',
    async ({ store, name }) => {
      const id = { name: name(), generation: 1 };
      assert.equal(await store.create(id, 3), true);
      const { epoch, ...rest } = await recordOf(store, id);
      assert.ok(Number.isSafeInteger(epoch));
      assert.deepEqual(rest, { ...id, version: 3, status: 'booting', isLive: false, parked: [] });
      assert.equal(await documentIn(store, id), undefined);
    },
  ),

  testOnProjections(
    'a number that is taken is not given again, and what is there stays',
    async (scenario) => {
      const { store, name } = scenario;
      const taken = await begunWithContents(store, name());
      const before = await contentsOf(store, taken);
      assert.equal(await store.create({ name: name(), generation: 1 }, 9), false);
      assert.deepEqual(await contentsOf(store, taken), before);
    },
  ),

  testOnProjections('of many who begin one generation at once exactly one does', async ({ store, name }) => {
    const id = { name: name(), generation: 1 };
    const versions = [1, 2, 3, 4, 5];
    const answers = await Promise.all(versions.map((version) => store.create(id, version)));
    assert.equal(answers.filter(Boolean).length, 1);
    assert.equal((await recordOf(store, id)).version, versions[answers.indexOf(true)]);
    assert.deepEqual(await namesAndNumbers(store, name('')), [['a', 1]]);
  }),

  testOnProjections('generations come in the order of their names and numbers', async ({ store, name }) => {
    const all = [
      ['b', 2],
      ['b', 10],
      ['a', 3],
      ['ab', 1],
      ['b', 1],
      ['a', 1],
    ] as const;
    for (const [each, generation] of all) {
      assert.equal(await store.create({ name: name(each), generation }, 1), true);
    }
    assert.deepEqual(await namesAndNumbers(store, name('')), [
      ['a', 1],
      ['a', 3],
      ['ab', 1],
      ['b', 1],
      ['b', 2],
      ['b', 10],
    ]);
  }),
];
