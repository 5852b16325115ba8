import assert from 'node:assert/strict';
import { testOnProjections, type ProjectionStoreConformanceTest } from '../projection-conformance-test';
import {
  begun,
  begunWithContents,
  committed,
  goneLive,
  inPartition,
  moved,
  parkedIn,
  position,
  readIn,
} from './generations';

export const reading: readonly ProjectionStoreConformanceTest[] = [
  testOnProjections('a document is found, with how far its projection has read', async ({ store, name }) => {
    const generation = await begunWithContents(store, name());
    await goneLive(store, generation);
    const found = { state: 'found', document: { of: `${name()} 1` }, position: position(1) };
    assert.deepEqual(await readIn(store, generation), found);
    await committed(store, generation, { from: position(1), to: position(2) });
    assert.deepEqual(await readIn(store, generation), { ...found, position: position(2) });
  }),

  testOnProjections('what is not there is absent, up to where its projection has read', async (scenario) => {
    const { store, name } = scenario;
    const generation = await begun(store, name());
    await goneLive(store, generation);
    assert.deepEqual(await readIn(store, generation), { state: 'absent', position: undefined });
    await committed(store, generation, { documents: [{ ...inPartition('q'), document: {} }] });
    assert.deepEqual(await readIn(store, generation), { state: 'absent', position: position(1) });
    const other = await readIn(store, generation, inPartition('q', 'other'));
    assert.deepEqual(other, { state: 'absent', position: position(1) });
  }),

  testOnProjections('of a partition that waits nothing is told, of the others all', async (scenario) => {
    const { store, name } = scenario;
    const generation = await begun(store, name());
    await goneLive(store, generation);
    const parked = parkedIn('p', { held: 4 });
    const documents = ['p', 'q'].map((each) => ({ ...inPartition(each), document: { each } }));
    await committed(store, generation, { documents, parked: [parked] });
    assert.deepEqual(await readIn(store, generation), { state: 'parked', parked });
    const absent = await readIn(store, generation, inPartition('p', 'never set'));
    assert.deepEqual(absent, { state: 'parked', parked });
    const other = await readIn(store, generation, inPartition('q'));
    assert.equal(other.state, 'found');
    await committed(store, generation, { from: position(1), to: position(1), unparked: ['p'] });
    assert.equal((await readIn(store, generation)).state, 'found');
  }),

  testOnProjections('without a live generation nothing is known', async ({ store, name }) => {
    const generation = await begunWithContents(store, name());
    await moved(store, generation, 'active');
    await goneLive(store, await begunWithContents(store, name('b')));
    assert.deepEqual(await readIn(store, generation), { state: 'unknown' });
    assert.deepEqual(await readIn(store, { name: name('c') }), { state: 'unknown' });
    await goneLive(store, generation);
    assert.equal((await readIn(store, generation)).state, 'found');
  }),

  testOnProjections('only the live generation is asked', async ({ store, name }) => {
    const [live, next] = [await begunWithContents(store, name()), await begunWithContents(store, name(), 2)];
    await goneLive(store, live);
    await committed(store, next, { from: position(1), to: position(2), parked: [parkedIn('p')] });
    const found = { state: 'found', document: { of: `${name()} 1` }, position: position(1) };
    assert.deepEqual(await readIn(store, live), found);
    await goneLive(store, next);
    assert.deepEqual(await readIn(store, live), { state: 'parked', parked: parkedIn('p') });
  }),

  testOnProjections('the live one answers however it stands', async ({ store, name }) => {
    const generation = await begunWithContents(store, name());
    await goneLive(store, generation);
    for (const status of ['paused', 'error', 'detached', 'booting', 'active'] as const) {
      await moved(store, generation, status);
      assert.equal((await readIn(store, generation)).state, 'found');
    }
  }),
];
