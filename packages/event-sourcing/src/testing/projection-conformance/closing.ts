import assert from 'node:assert/strict';
import { refusesWith } from '../conformance/refusal';
import { testOnProjections, type ProjectionStoreConformanceTest } from '../projection-conformance-test';
import { batch, begunWithContents, claimBy, inPartition, newHolder, readIn } from './generations';

export const closing: readonly ProjectionStoreConformanceTest[] = [
  testOnProjections('a closed store refuses everything, also when it is closed again', async (scenario) => {
    const { store, name } = scenario;
    const held = await begunWithContents(store, name());
    const { epoch } = held;
    await store.close();
    await store.close();
    const calls = [
      () => store.generations(),
      () => store.create({ name: name(), generation: 2 }, 1),
      () => store.claim(held, claimBy(newHolder(), 90, 120)),
      () => store.release(held, epoch),
      () => store.load(held, [inPartition('p')]),
      () => store.load(held, []),
      () => store.commit(held, batch(held)),
      () => store.setStatus(held, epoch, { from: 'booting', to: 'paused' }),
      () => store.makeLive(held, epoch),
      () => store.remove(held),
      () => readIn(store, held),
    ];
    for (const call of calls) await refusesWith(call(), 'store-closed');
    await store.close();
  }),

  testOnProjections('closing one handle leaves the others open', async ({ store, open, name }) => {
    const other = await open();
    const generation = await begunWithContents(other, name());
    await store.close();
    assert.equal((await other.load(generation, [inPartition('p')]))[0]?.['of'], `${name()} 1`);
    await refusesWith(store.generations(), 'store-closed');
  }),
];
