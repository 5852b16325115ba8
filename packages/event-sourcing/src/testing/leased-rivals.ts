import assert from 'node:assert/strict';
import fc, { type Arbitrary, type Scheduler } from 'fast-check';
import { createInMemoryLeaseStore } from '../leases/in-memory-lease-store';
import type { LeaseStore } from '../leases/lease-store';
import { derivedUuid, type Uuid } from '../values/uuid';
import { createLeaseWatch, type LeaseWatch } from './lease-watch';
import type { LeaseStoreMutation } from './lease-store-mutations';
import {
  answerWith,
  complaintsOnRecord,
  happenings,
  replies,
  settle,
  type Happening,
  type Reply,
} from './order-promises';
import { createOrderScene, type CreateRunner, type OrderRunner, type OrderScene } from './order-scene';
import { createProcessRunner } from '../process-managers/process-runner';
import type { EffectHandler } from '../process-managers/process-manager';
import { Mortal, unknownToAppender, type FaultAtCall } from './simulation/mortal';
import { life } from './simulation/plan';
import { isPlanned } from './simulation/simulated-process';
import { createVirtualTime, type VirtualTime } from './virtual-time';
import type { OrderEffect } from './sample-order';

/** A runner with leases, and the store of leases, of which one may be wrong. */
export interface LeasedParts {
  readonly create: CreateRunner;
  readonly mutate: LeaseStoreMutation;
}

interface World {
  readonly scene: OrderScene;
  readonly scheduler: Scheduler;
  readonly leaseStore: LeaseStore;
  readonly watch: LeaseWatch;
  readonly time: VirtualTime;
  readonly create: CreateRunner;
}

interface Rival {
  readonly mortal: Mortal;
  readonly runner: OrderRunner;
}

const namespace = '5b1f6d0e-32c5-4c1b-9a52-7d8c2f0e6a11' as Uuid;

/** The world outside, which refuses whoever comes with a smaller token after a greater one. */
const fenced = (handle: EffectHandler<OrderEffect>): EffectHandler<OrderEffect> => {
  let greatest = 0;
  return (effect, effectId, fencingToken = 0) => {
    if (fencingToken < greatest) return Promise.resolve({ outcome: 'failed', reason: 'too-late' });
    greatest = fencingToken;
    return handle(effect, effectId);
  };
};

const createWorld = (scheduler: Scheduler, given: readonly Reply[], parts: LeasedParts): World => {
  const scene = createOrderScene({ looksMax: 1_000_000 });
  scene.answer = answerWith(given);
  const time = createVirtualTime({
    startAt: scene.clock.now,
    turn: () => scheduler.schedule(Promise.resolve(), 'wake'),
    onChange: (now) => (scene.clock.now = now),
  });
  const store = createInMemoryLeaseStore();
  const leaseStore = { ...store, ...parts.mutate(store) };
  return { scene, scheduler, time, leaseStore, watch: createLeaseWatch(time.clock), create: parts.create };
};

/** A runner that may stand still at any of its calls, for as long as it takes; some fail, and it can die. */
const startRival = (
  world: World,
  outside: EffectHandler<OrderEffect>,
  number: number,
  faults: readonly FaultAtCall[],
): Rival => {
  const { scene, scheduler, watch, time } = world;
  const holder = derivedUuid(`rival ${number}`, namespace);
  const mortal = new Mortal((label) => scheduler.schedule(Promise.resolve(), label), faults);
  const arrivedAt: OrderScene['store'] = {
    ...scene.store,
    append: (...request) => {
      watch.arrives(holder);
      return scene.store.append(...request);
    },
  };
  const store = mortal.connect(arrivedAt, ['append', 'readStream', 'readAll'], unknownToAppender);
  const leases = mortal.connect(watch.seenBy(holder, world.leaseStore), ['acquire', 'renew', 'release']);
  return {
    mortal,
    runner: scene.startRunner({
      create: world.create,
      store: {
        ...store,
        append: (...request) => {
          watch.writes(holder);
          return store.append(...request);
        },
      },
      handle: (effect, effectId, fencingToken) =>
        watch.acts(holder, fencingToken, () =>
          mortal.call(effect.step, () => outside(effect, effectId, fencingToken)),
        ),
      leases: {
        store: {
          ...leases,
          release: (...request) => {
            watch.letsGo(holder);
            return leases.release(...request);
          },
        },
        holder,
        clock: time.clock,
        pause: time.pause,
      },
    }),
  };
};

/** What the world outside does with the effects of a scene, whoever asks for them. */
const worldOutside = (scene: OrderScene): EffectHandler<OrderEffect> => {
  let outside: EffectHandler<OrderEffect> | undefined;
  scene.startRunner({
    create: (options) => {
      outside = fenced(options.handle);
      return createProcessRunner(options);
    },
  });
  assert.ok(outside !== undefined);
  return outside;
};

/** What a run rejects with, if it does. */
const outcomeOfRun = ({ runner }: Rival): Promise<unknown> =>
  runner.run().then(
    () => undefined,
    (error: unknown) => error,
  );

/** Everything that is left to chance, but for the order of things that happen at once. */
interface Plan {
  readonly all: readonly Happening[];
  /** What the world outside answers to the first effects. */
  readonly given: readonly Reply[];
  /** The faults in the life of each rival, one after another. */
  readonly lives: readonly (readonly FaultAtCall[])[];
  readonly rivals: number;
}

const plans: Arbitrary<Plan> = fc.record({
  all: fc.tuple(happenings, happenings).map((both) => both.flat()),
  given: replies,
  lives: fc.array(life, { maxLength: 6 }),
  rivals: fc.integer({ min: 2, max: 3 }),
});

/** Lets everything happen to rivals in turn; a restart kills one in the middle of whatever it does. */
const happenToRivals = async (
  world: World,
  { all, lives, rivals }: Plan,
): Promise<readonly Promise<unknown>[]> => {
  const { scene, scheduler, time } = world;
  const outside = worldOutside(scene);
  let started = 0;
  const start = (): Rival => startRival(world, outside, (started += 1), lives[started - 1] ?? []);
  const living = Array.from({ length: rivals }, start);
  const replaceTheDead = (): void => {
    for (const [index, { mortal }] of living.entries()) if (mortal.isDead) living[index] = start();
  };
  const running: Promise<unknown>[] = [];
  for (const [number, happening] of all.entries()) {
    await scheduler.schedule(Promise.resolve(), happening.kind);
    if (happening.kind === 'restart') living[number % rivals]?.mortal.die();
    replaceTheDead();
    if (happening.kind === 'tell') await scene.tell(happening.event);
    if (happening.kind === 'wait') time.pass(happening.milliseconds);
    if (happening.kind === 'run') running.push(...living.map(outcomeOfRun));
  }
  return running;
};

/** Gives everybody their turns until all wait for time to pass. */
const settled = async (scheduler: Scheduler): Promise<void> => {
  do {
    await scheduler.waitIdle();
    // What is not scheduled takes no longer than this.
    await new Promise((resolve) => setImmediate(resolve));
  } while (scheduler.count() > 0);
};

/** Lets time pass, in which nobody stands still any more, until all have come to rest. */
const comeToRest = async (
  { scheduler, time }: World,
  running: readonly Promise<unknown>[],
): Promise<void> => {
  const rest = Promise.all(running);
  const atRest = { yet: false };
  void rest.then(() => (atRest.yet = true));
  for (let steps = 0; ; steps += 1) {
    await settled(scheduler);
    if (atRest.yet) break;
    assert.ok(steps < 400, 'Expected all to come to rest within 100 seconds.');
    time.pass(250);
  }
  for (const error of await rest) if (error !== undefined && !isPlanned(error)) assert.ifError(error);
};

/**
 * What is held against the calls that arrived outside. A completion that was under way until after its lease may be recorded
 * when the next runner has read already; it then calls once more: at least once is what is promised, and a fencing token
 * does not help, since it is the newer one.
 */
const complaintsAboutCalls = ({ scene, watch }: World): readonly string[] =>
  scene.complaints.filter(
    (complaint) => !(watch.hasSeenLateWrites() && complaint.endsWith('called after its completion')),
  );

/**
 * That of two or three runners with leases one acts at a time, whenever they stand still, die and come back, and
 * whatever calls fail.
 */
export const assertOneActs = (parts: LeasedParts, runs: fc.Parameters<unknown>): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.scheduler(), plans, async (scheduler, plan) => {
      const world = createWorld(scheduler, plan.given, parts);
      const running = await scheduler.waitFor(happenToRivals(world, plan));
      await comeToRest(world, running);
      assert.deepEqual(world.watch.complaints, []);
      assert.deepEqual(complaintsAboutCalls(world), []);
      await settle(world.scene, createProcessRunner);
      assert.deepEqual(await complaintsOnRecord(world.scene), []);
    }),
    runs as fc.Parameters<[Scheduler, Plan]>,
  );
