import assert from 'node:assert/strict';
import type { GenerationStatus } from '../../projections/projection-store';
import { testOnProjections, type ProjectionStoreConformanceTest } from '../projection-conformance-test';
import { begun, claimBy, claimed, moved, newHolder, recordOf, second } from './generations';

const everyStatus: readonly GenerationStatus[] = ['booting', 'active', 'paused', 'error', 'detached'];

const failure = { code: 'unavailable', attempts: 1, retryAt: second(40) };

export const statuses: readonly ProjectionStoreConformanceTest[] = [
  testOnProjections('a status changes from what it is believed to be', async ({ store, name }) => {
    const generation = await begun(store, name());
    const { epoch } = generation;
    let from: GenerationStatus = 'booting';
    for (const to of [...everyStatus, ...everyStatus.toReversed()]) {
      assert.equal(await store.setStatus(generation, epoch, { from, to }), true);
      assert.deepEqual(await recordOf(store, generation), { ...generation, status: to });
      from = to;
    }
  }),

  testOnProjections('it does not change from what it only was believed to be', async ({ store, name }) => {
    for (const status of everyStatus) {
      const generation = await begun(store, name(status));
      await moved(store, generation, status);
      const before = await recordOf(store, generation);
      for (const from of everyStatus.filter((other) => other !== status)) {
        const change = { from, to: 'active', failure } as const;
        assert.equal(await store.setStatus(generation, generation.epoch, change), false);
      }
      assert.deepEqual(await recordOf(store, generation), before);
    }
  }),

  testOnProjections('nor by somebody who is too late', async ({ store, name }) => {
    const lost = await begun(store, name());
    const next = await claimed(store, lost, claimBy(newHolder(), 30, 60));
    for (const epoch of [lost.epoch, next.epoch + 1]) {
      assert.equal(await store.setStatus(lost, epoch, { from: 'booting', to: 'error', failure }), false);
    }
    const absent = { ...lost, generation: 2 };
    assert.equal(await store.setStatus(absent, next.epoch, { from: 'booting', to: 'error' }), false);
    assert.deepEqual(await recordOf(store, lost), next);
  }),

  testOnProjections('of many changes at once from one status exactly one happens', async (scenario) => {
    const { store, name } = scenario;
    const generation = await begun(store, name());
    const targets = everyStatus.filter((status) => status !== 'booting');
    const answers = await Promise.all(
      targets.map((to) => store.setStatus(generation, generation.epoch, { from: 'booting', to })),
    );
    assert.equal(answers.filter(Boolean).length, 1);
    assert.equal((await recordOf(store, generation)).status, targets[answers.indexOf(true)]);
  }),

  testOnProjections(
    'a failure goes on record, is replaced, and goes with the next change',
    async (scenario) => {
      const { store, name } = scenario;
      const generation = await begun(store, name());
      const next = { code: 'corrupt', attempts: 2, retryAt: second(80) };
      const failureAfter = async (
        from: GenerationStatus,
        to: GenerationStatus,
        given?: typeof failure,
      ): Promise<unknown> => {
        const change = given === undefined ? { from, to } : { from, to, failure: given };
        assert.equal(await store.setStatus(generation, generation.epoch, change), true);
        return (await recordOf(store, generation)).failure;
      };
      assert.deepEqual(await failureAfter('booting', 'error', failure), failure);
      assert.deepEqual(await failureAfter('error', 'error', next), next);
      assert.equal(await failureAfter('error', 'active'), undefined);
      assert.deepEqual(await recordOf(store, generation), { ...generation, status: 'active' });
    },
  ),

  testOnProjections('what happens to an object outside changes no failure', async ({ store, name }) => {
    const generation = await begun(store, name());
    const given = { ...failure };
    const change = { from: 'booting', to: 'error', failure: given } as const;
    assert.equal(await store.setStatus(generation, generation.epoch, change), true);
    given.attempts = 99;
    Object.assign((await recordOf(store, generation)).failure ?? {}, { attempts: 98 });
    assert.deepEqual((await recordOf(store, generation)).failure, failure);
  }),
];
