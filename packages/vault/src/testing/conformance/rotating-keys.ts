import assert from 'node:assert/strict';
import type { ConformanceTest } from '../conformance-test';
import { testOnStore } from '../conformance-test';
import { activeChain, freshBytes, newKey, MORNING, outcomesOf, plainKey, plant, createOne } from './scenery';

export const rotatingKeys: readonly ConformanceTest[] = [
  testOnStore('a replaced key has the new bytes and the next generation', async (store, other) => {
    await plant(store, ['c1'], ['c1', 'd1']);
    const wrapped = freshBytes();
    const outcomes = await store.replace([{ path: ['c1'], wrapped, expectedGeneration: 1 }]);
    assert.deepEqual(outcomes, [{ outcome: 'replaced', generation: 2 }]);
    assert.deepEqual(await activeChain(other, ['c1']), [plainKey({ path: ['c1'], wrapped, generation: 2 })]);
  }),

  testOnStore(
    'of two racing replacements one wins, and the other is told the generation',
    async (store, other) => {
      await plant(store, ['c1']);
      const replacement = (): { path: ['c1']; wrapped: Uint8Array; expectedGeneration: number } => ({
        path: ['c1'],
        wrapped: freshBytes(),
        expectedGeneration: 1,
      });
      const answers = await Promise.all([store.replace([replacement()]), other.replace([replacement()])]);
      assert.deepEqual(outcomesOf(answers.flat()).toSorted(), ['generation-changed', 'replaced']);
      assert.deepEqual(
        answers.flat().map((answer) => 'generation' in answer && answer.generation),
        [2, 2],
      );
    },
  ),

  testOnStore('a repetition of the same replacement is answered as the first time', async (store) => {
    await plant(store, ['c1']);
    const replacement = { path: ['c1'], wrapped: freshBytes(), expectedGeneration: 1 } as const;
    const first = await store.replace([replacement]);
    assert.deepEqual(first, [{ outcome: 'replaced', generation: 2 }]);
    assert.deepEqual(await store.replace([replacement]), first);
    const late = await store.replace([{ ...replacement, wrapped: freshBytes() }]);
    assert.deepEqual(late, [{ outcome: 'generation-changed', generation: 2 }]);
  }),

  testOnStore('replacements are answered one by one; an unknown key is never created', async (store) => {
    await plant(store, ['c1'], ['c2'], ['c3']);
    await store.fence(['c3'], MORNING);
    const outcomes = await store.replace([
      { path: ['c1'], wrapped: freshBytes(), expectedGeneration: 1 },
      { path: ['c9'], wrapped: freshBytes(), expectedGeneration: 1 },
      { path: ['c2'], wrapped: freshBytes(), expectedGeneration: 5 },
      { path: ['c3'], wrapped: freshBytes(), expectedGeneration: 1 },
      { path: ['c1'], wrapped: freshBytes(), expectedGeneration: 2 },
    ]);
    assert.deepEqual(outcomesOf(outcomes), [
      'replaced',
      'never-known',
      'generation-changed',
      'erased',
      'replaced',
    ]);
    assert.deepEqual(await store.read(['c9']), { state: 'never-known' });
  }),

  testOnStore('a freeze hinders no rotation', async (store) => {
    await plant(store, ['c1']);
    await store.freeze('c1', MORNING);
    const [outcome] = await store.replace([{ path: ['c1'], wrapped: freshBytes(), expectedGeneration: 1 }]);
    assert.deepEqual(outcome, { outcome: 'replaced', generation: 2 });
    assert.deepEqual(await createOne(store, newKey(['c1', 'd1'], 2)), {
      outcome: 'frozen',
      frozenAt: MORNING,
    });
  }),
];
