import assert from 'node:assert/strict';
import type { Position } from '../../event-store/position';
import type { Generation, ProjectionCommit, ProjectionStore } from '../../projections/projection-store';
import { testOnProjections, type ProjectionStoreConformanceTest } from '../projection-conformance-test';
import {
  batch,
  begun,
  begunWithContents,
  claimBy,
  claimed,
  committed,
  contentsOf,
  documentIn,
  inPartition,
  moved,
  newHolder,
  parkedIn,
  position,
  recordOf,
  second,
} from './generations';

/** A batch that would change everything there is to change. */
const everything = (generation: Generation, changes: Partial<ProjectionCommit> = {}): ProjectionCommit =>
  batch(generation, {
    from: position(1),
    to: position(2),
    documents: [
      { ...inPartition('p'), document: undefined },
      { ...inPartition('q'), document: { is: 'new' } },
    ],
    parked: [parkedIn('waiting as well')],
    unparked: ['waiting'],
    heldUntil: second(90),
    ...changes,
  });

/** Asserts that of a batch nothing is written, and that it would have been, had it not been for what is wrong. */
const writesNothing = async (
  store: ProjectionStore,
  generation: Generation,
  wrong: Partial<ProjectionCommit>,
): Promise<void> => {
  const before = await contentsOf(store, generation);
  assert.equal(await store.commit(generation, everything(generation, wrong)), false);
  assert.deepEqual(await contentsOf(store, generation), before);
};

const writesAll = async (store: ProjectionStore, generation: Generation): Promise<void> => {
  assert.equal(await store.commit(generation, everything(generation)), true);
  const { record, documents } = await contentsOf(store, generation);
  assert.deepEqual(documents, [undefined, { is: 'new' }]);
  assert.deepEqual(record, {
    ...generation,
    position: position(2),
    parked: [parkedIn('waiting as well')],
    heldUntil: second(90),
  });
};

export const committing: readonly ProjectionStoreConformanceTest[] = [
  testOnProjections('a batch is written whole', async ({ store, name }) => {
    await writesAll(store, await begunWithContents(store, name()));
  }),

  testOnProjections('of a batch under another epoch nothing is written', async ({ store, name }) => {
    const generation = await begunWithContents(store, name());
    await writesNothing(store, generation, { epoch: generation.epoch - 1 });
    await writesNothing(store, generation, { epoch: generation.epoch + 1 });
    await writesAll(store, generation);
  }),

  testOnProjections('nor of a batch of somebody who lost it to another', async ({ store, name }) => {
    const lost = await begunWithContents(store, name());
    const next = await claimed(store, lost, claimBy(newHolder(), 60, 90));
    await writesNothing(store, lost, {});
    await writesAll(store, next);
  }),

  testOnProjections('nor of a batch from another position', async ({ store, name }) => {
    const generation = await begunWithContents(store, name());
    for (const from of [undefined, position(0), position(2)]) {
      await writesNothing(store, generation, { from });
    }
    await writesAll(store, generation);
  }),

  testOnProjections('nor of a batch from a position, where nothing was read', async ({ store, name }) => {
    const generation = await begun(store, name());
    await writesNothing(store, generation, { from: position(1) });
    await committed(store, generation);
  }),

  testOnProjections('nor of a batch for a generation that is paused', async ({ store, name }) => {
    const generation = await begunWithContents(store, name());
    await moved(store, generation, 'paused');
    await writesNothing(store, generation, {});
    await moved(store, generation, 'booting');
    await writesAll(store, generation);
  }),

  testOnProjections('nor of a batch for a generation that there is not', async ({ store, name }) => {
    const generation = await begunWithContents(store, name());
    const absent = { ...generation, generation: 2 };
    assert.equal(await store.commit(absent, everything(absent)), false);
    assert.equal(await documentIn(store, absent, inPartition('q')), undefined);
    await writesAll(store, generation);
  }),

  testOnProjections('a batch is written however else the generation stands', async ({ store, name }) => {
    for (const status of ['active', 'error', 'detached'] as const) {
      const generation = await begunWithContents(store, name(status));
      await moved(store, generation, status);
      await writesAll(store, { ...generation, status });
    }
  }),

  testOnProjections('of many batches from one position exactly one is written', async ({ store, name }) => {
    const generation = await begun(store, name());
    const numbers = [1, 2, 3, 4, 5];
    const answers = await Promise.all(
      numbers.map((number) =>
        store.commit(
          generation,
          batch(generation, {
            to: position(number),
            documents: [{ ...inPartition('p'), document: { number } }],
          }),
        ),
      ),
    );
    assert.equal(answers.filter(Boolean).length, 1);
    const written = numbers[answers.indexOf(true)] ?? 0;
    assert.deepEqual(await documentIn(store, generation), { number: written });
    assert.equal((await recordOf(store, generation)).position, position(written));
  }),

  testOnProjections('a batch may stay where it is, or change nothing but the place', async (scenario) => {
    const { store, name } = scenario;
    const generation = await begun(store, name());
    await committed(store, generation, {
      to: undefined,
      documents: [{ ...inPartition('p'), document: { n: 1 } }],
    });
    await committed(store, generation, { from: undefined, to: position(1) });
    await committed(store, generation, { from: position(1), to: position(1), parked: [parkedIn('a')] });
    await committed(store, generation, { from: position(1), to: position(9) });
    assert.deepEqual(await documentIn(store, generation), { n: 1 });
    assert.deepEqual((await recordOf(store, generation)).parked, [parkedIn('a')]);
  }),

  testOnProjections('a position is a text of which nothing is assumed', async ({ store, name }) => {
    const generation = await begun(store, name());
    const texts = [
      position(10),
      position(9),
      '',
      '0',
      '00',
      'with "quotes" \\ and more',
      'żółw/🐢',
      'Z',
      'z',
    ];
    let from: Position | undefined;
    for (const text of texts) {
      const to = text as Position;
      await committed(store, generation, { from, to });
      assert.equal(await store.commit(generation, batch(generation, { from, to: position(0) })), false);
      from = to;
    }
  }),

  testOnProjections('a batch renews the claim', async ({ store, name }) => {
    const generation = await begun(store, name());
    await committed(store, generation, { heldUntil: second(100) });
    assert.equal((await recordOf(store, generation)).heldUntil, second(100));
    assert.equal(await store.claim(generation, claimBy(newHolder(), 99, 130)), undefined);
    await claimed(store, generation, claimBy(newHolder(), 100, 130));
  }),
];
