import assert from 'node:assert/strict';
import { testOnProjections, type ProjectionStoreConformanceTest } from '../projection-conformance-test';
import {
  begun,
  byPartition,
  claimBy,
  claimed,
  committed,
  goneLive,
  inPartition,
  newHolder,
  parkedIn,
  position,
  readIn,
  recordOf,
} from './generations';

const onward = { from: position(1), to: position(1) };

export const parking: readonly ProjectionStoreConformanceTest[] = [
  testOnProjections('a parked event is on record, with all that is known of it', async ({ store, name }) => {
    const generation = await begun(store, name());
    const { after: _, ...first } = parkedIn('at the beginning');
    const odd = parkedIn('odd \u0000 "text" \\ 🐢', { stream: "it's", type: '', reason: '\ud800', held: 12 });
    await committed(store, generation, { parked: [first, odd] });
    assert.deepEqual(byPartition((await recordOf(store, generation)).parked), [first, odd]);
    const taken = await claimed(store, generation, claimBy(newHolder(), 90, 120));
    assert.deepEqual(byPartition(taken.parked), [first, odd]);
  }),

  testOnProjections('an event that is parked again takes the place of the first', async ({ store, name }) => {
    const generation = await begun(store, name());
    await committed(store, generation, { parked: [parkedIn('a'), parkedIn('b')] });
    const { after: _, ...again } = parkedIn('a', { position: position(8), held: 2 });
    await committed(store, generation, { ...onward, parked: [again] });
    assert.deepEqual(byPartition((await recordOf(store, generation)).parked), [again, parkedIn('b')]);
  }),

  testOnProjections('a partition that waits no longer is forgotten', async ({ store, name }) => {
    const generation = await begun(store, name());
    await committed(store, generation, { parked: [parkedIn('a'), parkedIn('b'), parkedIn('c')] });
    await committed(store, generation, { ...onward, unparked: ['a', 'c', 'never parked'] });
    assert.deepEqual((await recordOf(store, generation)).parked, [parkedIn('b')]);
  }),

  testOnProjections('one that waits no longer, and waits again, waits', async ({ store, name }) => {
    const generation = await begun(store, name());
    await committed(store, generation, { parked: [parkedIn('a'), parkedIn('b')] });
    const later = parkedIn('a', { position: position(9) });
    await committed(store, generation, { ...onward, parked: [later], unparked: ['a', 'b'] });
    assert.deepEqual((await recordOf(store, generation)).parked, [later]);
  }),

  testOnProjections('generations and projections keep their parked events apart', async ({ store, name }) => {
    const generation = await begun(store, name());
    const others = [await begun(store, name(), 2), await begun(store, name('b'))];
    await committed(store, generation, { parked: [parkedIn('a')] });
    for (const other of others) {
      await committed(store, other, { parked: [parkedIn('a', { held: 3 })] });
      await committed(store, other, { ...onward, unparked: ['a'] });
      assert.deepEqual((await recordOf(store, other)).parked, []);
    }
    assert.deepEqual((await recordOf(store, generation)).parked, [parkedIn('a')]);
  }),

  testOnProjections('what happens to an object outside changes no parked event', async ({ store, name }) => {
    const generation = await begun(store, name());
    const given = parkedIn('a');
    await committed(store, generation, { parked: [given] });
    Object.assign(given, { held: 99 });
    Object.assign((await recordOf(store, generation)).parked[0] ?? {}, { held: 98 });
    await goneLive(store, generation);
    const read = await readIn(store, generation, inPartition('a'));
    assert.ok(read.state === 'parked');
    Object.assign(read.parked, { held: 97 });
    assert.deepEqual((await recordOf(store, generation)).parked, [parkedIn('a')]);
  }),
];
