import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventStore } from '../event-store/event-store';
import { epochMillisecondsOf, instantOf } from '../values/instant';
import { createProcessRunner } from './process-runner';
import { failedExpectation } from '../testing/failed-expectation';
import { mutations } from '../testing/mutations';
import {
  answerWith,
  complaintsOnRecord,
  happenings,
  replies,
  settle,
  unparkAll,
  type Happening,
} from '../testing/order-promises';
import {
  completed,
  createOrderScene,
  orderIdOf,
  placed,
  recordOf,
  type OrderRunner,
  type OrderScene,
} from '../testing/order-scene';
import { orderProcess } from '../testing/sample-order';
import { createScheduledStore } from '../testing/scheduled-store';

/** Lets things happen to several runners at once, each beginning while the ones before it may be under way. */
const happenToAll = async (
  scene: OrderScene,
  runners: readonly OrderRunner[],
  all: readonly Happening[],
  turn: () => Promise<void>,
): Promise<readonly unknown[]> => {
  const running: Promise<void>[] = [];
  for (const happening of all) {
    await turn();
    if (happening.kind === 'tell') await scene.tell(happening.event);
    else if (happening.kind === 'wait') {
      scene.clock.now = instantOf(epochMillisecondsOf(scene.clock.now) + happening.milliseconds);
    } else if (happening.kind === 'unpark') running.push(...runners.map(unparkAll));
    else running.push(...runners.map((runner) => runner.run()));
  }
  const settled = await Promise.allSettled(running);
  return settled.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
};

/** That two runners on one store, knowing nothing of each other, together keep what one would. */
const assertRivalsAgree = (
  mutate: (store: EventStore) => EventStore,
  runs: fc.Parameters<unknown>,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.scheduler(), happenings, replies, async (scheduler, all, given) => {
      const scene = createOrderScene();
      const turn = (): Promise<void> => scheduler.schedule(Promise.resolve(), 'turn');
      const answer = answerWith(given);
      scene.answer = async (...call) => {
        await turn();
        return answer(...call);
      };
      const store = createScheduledStore(mutate(scene.store), scheduler);
      const runners = [scene.startRunner({ store }), scene.startRunner({ store })];
      expect(await scheduler.waitFor(happenToAll(scene, runners, all, turn))).toEqual([]);
      const third = await settle(scene, createProcessRunner);
      expect(await complaintsOnRecord(scene)).toEqual([]);
      expect(scene.complaints.filter((complaint) => complaint.includes('without an intent'))).toEqual([]);
      await scheduler.waitFor(Promise.all(runners.map((runner) => runner.run())));
      for (const runner of runners) expect(runner.instances()).toEqual(third.instances());
    }),
    runs as fc.Parameters<[fc.Scheduler, readonly Happening[], Parameters<typeof answerWith>[0]]>,
  );

describe('two runners on one store', () => {
  it('record every input, outcome and deadline once, and end up knowing the same', async () => {
    await assertRivalsAgree((store) => store, { numRuns: 200 });
  });

  it('would not, on a store that writes whatever version is expected', async () => {
    const mutate = mutations.find(([what]) => what === 'writes whatever version is expected')![1];
    await expect(
      assertRivalsAgree((store) => ({ ...store, ...mutate(store) }), { numRuns: 500, endOnFailure: true }),
    ).rejects.toMatchObject(failedExpectation);
  });

  it('record one failure where both failed at the same attempt', async () => {
    const scene = createOrderScene();
    scene.answer = async ({ step }) => {
      await new Promise((resolve) => setImmediate(resolve));
      return step === 'reserve' ? { outcome: 'failed', reason: 'no-stock' } : completed(step);
    };
    await scene.tell(placed(1));
    const runners = [scene.startRunner(), scene.startRunner()];
    await Promise.all(runners.map((runner) => runner.run()));
    expect(scene.arrivals.filter(({ step }) => step === 'reserve')).toHaveLength(2);
    const failures = (await recordOf(scene.store, 1)).filter(({ type }) => type === 'EffectFailed');
    expect(failures).toHaveLength(1);
  });

  it('record the success where the other one failed first', async () => {
    const scene = createOrderScene();
    let calls = 0;
    scene.answer = async ({ step }) => {
      if (step !== 'reserve') return completed(step);
      calls += 1;
      if (calls > 1) return { outcome: 'impossible', reason: 'no-stock' };
      for (let turns = 0; turns < 5; turns += 1) await new Promise((resolve) => setImmediate(resolve));
      return completed(step);
    };
    await scene.tell(placed(1));
    const runners = [scene.startRunner(), scene.startRunner()];
    await Promise.all(runners.map((runner) => runner.run()));
    expect((await recordOf(scene.store, 1)).map(({ type }) => type).slice(-4)).toEqual([
      'EffectParked',
      'EffectCompleted',
      'EffectCompleted',
      'DeadlineSet',
    ]);
  });

  it('know what is on record, not what they would have recorded, where both succeeded at once', async () => {
    const scene = createOrderScene();
    scene.answer = async (_effect, call) => {
      await new Promise((resolve) => setImmediate(resolve));
      return { outcome: 'completed', result: { call } };
    };
    const manager: typeof orderProcess = {
      ...orderProcess,
      evolve: (state, input) =>
        input.kind === 'effect-completed'
          ? { ...state, told: [...state.told, JSON.stringify(input.result)] }
          : orderProcess.evolve(state, input),
    };
    await scene.tell(placed(1));
    const runners = [scene.startRunner({ manager }), scene.startRunner({ manager })];
    await Promise.all(runners.map((runner) => runner.run()));
    const third = scene.startRunner({ manager });
    await third.run();
    expect(scene.arrivals.length).toBeGreaterThan(2);
    for (const runner of runners) expect(runner.instances()).toEqual(third.instances());
  });

  it('take over from each other what one of them left undone', async () => {
    const scene = createOrderScene();
    const stop = new AbortController();
    scene.answer = ({ step }) => {
      stop.abort();
      return completed(step);
    };
    const [leaving, staying] = [scene.startRunner(), scene.startRunner()];
    await staying.run();
    await scene.tell(placed(1));
    await leaving.run(stop.signal);
    expect(scene.arrivals.map(({ step }) => step)).toEqual(['reserve']);
    await staying.run();
    expect(scene.arrivals.map(({ step }) => step)).toEqual(['reserve', 'notify']);
    expect(staying.instance(orderIdOf(1))?.state.told).toEqual([
      'OrderPlaced',
      'completed reserve',
      'completed notify',
    ]);
  });
});
