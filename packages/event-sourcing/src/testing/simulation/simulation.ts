import assert from 'node:assert/strict';
import fc, { type Scheduler } from 'fast-check';
import { createInMemoryProjectionStore } from '../../projections/in-memory-projection-store';
import { createProjectionEngine } from '../../projections/projection-engine';
import { epochMillisecondsOf, instantOf } from '../../values/instant';
import { answerWith, settle, unparkAll } from '../order-promises';
import { createOrderScene } from '../order-scene';
import { rightParts, simulationMutants, type Parts, type SimulationMutant } from './mutants';
import { orderBook } from './order-book';
import { plans, type Plan } from './plan';
import { complaintsAbout } from './promises-kept';
import { isPlanned, startProcess, type SimulatedProcess, type World } from './simulated-process';

/** What came of one seed. */
export type SimulationResult =
  | { readonly outcome: 'held' }
  /** What was not as promised, and fast-check's report of the plan and schedule that led there. */
  | { readonly outcome: 'broken'; readonly complaint: string; readonly report: string };

export interface SimulationRequest {
  readonly seed: number;
  readonly mutant?: SimulationMutant;
  /** Whether to look for the smallest plan that breaks a promise, which takes longer. Default false. */
  readonly shrink?: boolean;
}

const createWorld = (scheduler: Scheduler, plan: Plan, parts: Parts): World => {
  const scene = createOrderScene({ looksMax: 100_000 });
  scene.answer = answerWith(plan.replies);
  return {
    scene,
    eventStore: parts.eventStore(scene.store),
    projectionStore: createInMemoryProjectionStore(),
    parts,
    scheduler,
    plan,
    acknowledged: [],
  };
};

/** Lets everything of the plan happen, each thing beginning while those before it may be under way. */
const happenAtOnce = async (world: World, plan: Plan): Promise<void> => {
  const { scene, scheduler } = world;
  const lives = [...plan.lives];
  const start = (): SimulatedProcess => startProcess(world, lives.shift() ?? []);
  const processes = Array.from({ length: plan.processes }, start);
  const errors: unknown[] = [];
  const running: Promise<void>[] = [];
  const begin = (work: Promise<unknown>): void => {
    const done = work.then(
      () => undefined,
      (error: unknown) => {
        if (!isPlanned(error)) errors.push(error);
      },
    );
    running.push(done);
  };

  for (const [number, happening] of plan.happenings.entries()) {
    await scheduler.schedule(Promise.resolve(), happening.kind);
    const turn = number % processes.length;
    if (processes[turn]?.mortal.isDead === true || happening.kind === 'restart') processes[turn] = start();
    const { mortal, runner, engine, tell } = processes[turn] as SimulatedProcess;
    switch (happening.kind) {
      case 'tell':
        begin(tell(happening.event, number));
        break;
      case 'wait':
        scene.clock.now = instantOf(epochMillisecondsOf(scene.clock.now) + happening.milliseconds);
        break;
      case 'run':
        begin(runner.run());
        begin(engine.run());
        break;
      case 'unpark':
        begin(unparkAll(runner));
        break;
      case 'rebuild':
        begin(engine.rebuild(orderBook.name));
        break;
      case 'crash':
        mortal.die();
        break;
      case 'restart':
        break;
    }
  }
  await Promise.all(running);
  for (const error of errors) throw error;
};

/** Lets a process without faults finish what is left, on the same stores. */
const comeToRest = async (world: World): Promise<void> => {
  const { scene, projectionStore, parts, plan } = world;
  await settle(scene, parts.createRunner);
  // Whoever held a projection has been silent for a day by now.
  scene.clock.now = instantOf(epochMillisecondsOf(scene.clock.now) + 86_400_000);
  const clock = (): typeof scene.clock.now => scene.clock.now;
  const projections = [orderBook];
  const engine = createProjectionEngine({ store: scene.store, projectionStore, projections, clock, ...plan });
  await engine.run();
};

const property = (parts: Parts): fc.IAsyncPropertyWithHooks<[Scheduler, Plan]> =>
  fc.asyncProperty(fc.scheduler(), plans, async (scheduler, plan) => {
    const world = createWorld(scheduler, plan, parts);
    await scheduler.waitFor(happenAtOnce(world, plan));
    await comeToRest(world);
    assert.deepEqual(await complaintsAbout(world), []);
  });

/**
 * One deterministic run of store, projections and process manager: random events, answers, faults at any call,
 * crashes at any await, several processes at once, all from one seed. Then everything is brought to rest, and it
 * is checked that nothing was lost and nothing happened twice.
 */
export const simulate = async ({
  seed,
  mutant,
  shrink = false,
}: SimulationRequest): Promise<SimulationResult> => {
  const parts = mutant === undefined ? rightParts : simulationMutants[mutant];
  const details = await fc.check(property(parts), { seed, numRuns: 1, endOnFailure: !shrink });
  if (!details.failed) return { outcome: 'held' };
  const { errorInstance } = details;
  const complaint = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return { outcome: 'broken', complaint, report: fc.defaultReportMessage(details) ?? 'no report' };
};
