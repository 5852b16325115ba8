import assert from 'node:assert/strict';
import { testOnProjections, type ProjectionStoreConformanceTest } from '../projection-conformance-test';
import {
  begun,
  begunWithContents,
  claimBy,
  claimed,
  committed,
  goneLive,
  moved,
  namesAndNumbers,
  newHolder,
  recordOf,
  second,
} from './generations';

export const claiming: readonly ProjectionStoreConformanceTest[] = [
  testOnProjections('a free generation is taken over, under a new epoch', async ({ store, name }) => {
    const id = { name: name(), generation: 1 };
    await store.create(id, 1);
    const before = await recordOf(store, id);
    const holder = newHolder();
    const taken = await claimed(store, id, claimBy(holder, 0, 30));
    assert.ok(taken.epoch > before.epoch);
    assert.deepEqual(taken, { ...before, epoch: taken.epoch, holder, heldUntil: second(30) });
  }),

  testOnProjections('it is refused to others until its time has run out', async ({ store, name }) => {
    const held = await begun(store, name());
    assert.equal(await store.claim(held, claimBy(newHolder(), 0, 90)), undefined);
    assert.equal(await store.claim(held, claimBy(newHolder(), 29.999, 90)), undefined);
    assert.deepEqual(await recordOf(store, held), held);
  }),

  testOnProjections('it is taken over from the moment on until which it is held', async ({ store, name }) => {
    const held = await begun(store, name());
    const next = await claimed(store, held, claimBy(newHolder(), 30, 60));
    assert.ok(next.epoch > held.epoch);
    const last = await claimed(store, held, claimBy(newHolder(), 9000, 9030));
    assert.ok(last.epoch > next.epoch);
  }),

  testOnProjections('whoever holds it renews the claim, under the same epoch', async ({ store, name }) => {
    const held = await begun(store, name());
    assert.ok(held.holder !== undefined);
    const early = await claimed(store, held, claimBy(held.holder, 10, 40));
    assert.deepEqual(early, { ...held, heldUntil: second(40) });
    assert.equal(await store.claim(held, claimBy(newHolder(), 35, 90)), undefined);
    const late = await claimed(store, held, claimBy(held.holder, 500, 530));
    assert.deepEqual(late, { ...held, heldUntil: second(530) });
  }),

  testOnProjections('of many claims at once exactly one succeeds', async ({ store, name }) => {
    const id = { name: name(), generation: 1 };
    await store.create(id, 1);
    const holders = Array.from({ length: 6 }, newHolder);
    const answers = await Promise.all(holders.map((holder) => store.claim(id, claimBy(holder))));
    const [taken, ...others] = answers.filter((answer) => answer !== undefined);
    assert.ok(taken !== undefined);
    assert.deepEqual(others, []);
    assert.deepEqual(await recordOf(store, id), taken);
  }),

  testOnProjections('a claim answers with everything on record', async ({ store, name }) => {
    const held = await begunWithContents(store, name());
    const failure = { code: 'unavailable', attempts: 3, retryAt: second(99) };
    assert.equal(await store.setStatus(held, held.epoch, { from: 'booting', to: 'error', failure }), true);
    const taken = await claimed(store, held, claimBy(newHolder(), 60, 90));
    const { status, position, parked } = taken;
    assert.deepEqual(
      { status, position, parked, failure: taken.failure },
      { status: 'error', position: held.position, parked: held.parked, failure },
    );
    assert.equal(parked.length, 1);
  }),

  testOnProjections('only a change of hands makes a new epoch', async ({ store, name }) => {
    const held = await begun(store, name());
    const { epoch } = held;
    const other = await begun(store, name(), 2);
    await committed(store, held);
    await moved(store, held, 'active');
    await goneLive(store, held);
    await store.claim(held, claimBy(newHolder(), 10, 40));
    await store.release(held, epoch);
    assert.equal((await recordOf(store, held)).epoch, epoch);
    assert.equal((await recordOf(store, other)).epoch, other.epoch);
  }),

  testOnProjections('there is nothing to claim where nothing was begun', async ({ store, name }) => {
    const held = await begun(store, name());
    assert.equal(await store.claim({ ...held, generation: 2 }, claimBy(newHolder())), undefined);
    assert.equal(await store.claim({ ...held, name: name('b') }, claimBy(newHolder())), undefined);
    assert.deepEqual(await namesAndNumbers(store, name('')), [['a', 1]]);
  }),

  testOnProjections('whoever lets go lets the next one in at once', async ({ store, name }) => {
    const held = await begun(store, name());
    await store.release(held, held.epoch);
    const { holder: _, heldUntil: __, ...rest } = held;
    assert.deepEqual(await recordOf(store, held), rest);
    const next = await claimed(store, held, claimBy(newHolder(), 1, 31));
    assert.ok(next.epoch > held.epoch);
  }),

  testOnProjections('who comes back after letting go gets a new epoch', async ({ store, name }) => {
    const held = await begun(store, name());
    assert.ok(held.holder !== undefined);
    await store.release(held, held.epoch);
    const again = await claimed(store, held, claimBy(held.holder, 1, 31));
    assert.ok(again.epoch > held.epoch);
  }),

  testOnProjections('who is too late cannot let go of what others hold', async ({ store, name }) => {
    const held = await begun(store, name());
    const next = await claimed(store, held, claimBy(newHolder(), 30, 60));
    await store.release(held, held.epoch);
    await store.release({ ...held, generation: 2 }, next.epoch);
    assert.deepEqual(await recordOf(store, held), next);
  }),

  testOnProjections('a batch that comes after letting go holds nobody up', async ({ store, name }) => {
    const held = await begun(store, name());
    await store.release(held, held.epoch);
    await store.commit(held, {
      ...{ epoch: held.epoch, from: undefined, to: undefined, documents: [], parked: [], unparked: [] },
      heldUntil: second(60),
    });
    await claimed(store, held, claimBy(newHolder(), 1, 31));
  }),
];
