import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '../event-store/event-store';
import type { LeaseOptions } from '../leases/lease-options';
import type { Lease } from '../leases/lease-store';
import { logAfter } from '../testing/conformance/events';
import { createLeaseScene, forEver, turn, type LeaseScene } from '../testing/lease-scene';
import { completed, noted, orderIdOf, placed, recordOf } from '../testing/order-scene';

let scene: LeaseScene;

beforeEach(() => {
  scene = createLeaseScene();
});

describe('two runners with leases', () => {
  it('act once where both run at once, and end up knowing the same', async () => {
    await scene.orders.tell(placed(1));
    const runners = [scene.start(), scene.start()];
    await scene.timeFor(Promise.all(runners.map((runner) => runner.run())));
    expect(scene.orders.arrivals.map(({ step }) => step)).toEqual(['reserve', 'notify']);
    const [one, other] = runners.map((runner) => runner.instances());
    expect(one).toEqual(other);
  });

  it('would act twice without them', async () => {
    await scene.orders.tell(placed(1));
    scene.orders.answer = async ({ step }) => {
      await turn();
      return completed(step);
    };
    await Promise.all([scene.orders.startRunner(), scene.orders.startRunner()].map((runner) => runner.run()));
    expect(scene.orders.arrivals.length).toBeGreaterThan(2);
  });

  it('need not wait for one whose run has ended', async () => {
    await scene.orders.tell(placed(1));
    await scene.start().run();
    await scene.orders.tell(noted(1, 1));
    await scene.start().run();
    expect((await recordOf(scene.orders.store, 1)).at(-1)).toMatchObject({ type: 'InputReceived' });
  });

  it('hand a token to the world that grows from run to run', async () => {
    const tokens: (number | undefined)[] = [];
    const runners = [1, 2].map(() =>
      scene.start(
        {},
        {
          handle: ({ step }, _, fencingToken) => {
            tokens.push(fencingToken);
            return Promise.resolve(completed(step));
          },
        },
      ),
    );
    for (const [index, runner] of runners.entries()) {
      await scene.orders.tell(placed(index + 1));
      await runner.run();
    }
    expect(tokens).toEqual([1, 1, 2, 2]);
  });

  it('wait for a long effect of the other to end, whose lease is renewed meanwhile', async () => {
    await scene.orders.tell(placed(1));
    const gate = scene.standingStill();
    const first = scene.start().run();
    await gate.arrived;
    const second = scene.start().run();
    for (let passed = 0; passed < 60_000; passed += 500) {
      scene.time.pass(500);
      await turn();
    }
    expect(scene.orders.arrivals).toHaveLength(1);
    gate.open();
    await scene.timeFor(Promise.all([first, second]));
    expect(scene.orders.arrivals.map(({ step }) => step)).toEqual(['reserve', 'notify']);
  });
});

describe('a runner that is killed', () => {
  const kill = async (): Promise<void> => {
    await scene.orders.tell(placed(1));
    const gate = scene.standingStill();
    // It never gets an answer, and its clock moves no more.
    void scene.start({ pause: forEver }).run();
    await gate.arrived;
  };

  it('keeps its successor waiting for as long as the lease, at most, which is told of it', async () => {
    await kill();
    const awaited: Lease[] = [];
    const successor = scene.start({ onWait: (lease) => awaited.push(lease) });
    expect(await scene.timeFor(successor.run())).toBe(5000);
    expect(awaited).toMatchObject([
      { name: 'process order', epoch: 1, heldUntil: '1970-01-01T00:00:05.000Z' },
    ]);
    expect(successor.instance(orderIdOf(1))?.state.told.at(-1)).toBe('completed notify');
  });

  it('keeps it waiting for as long as was agreed upon', async () => {
    await scene.orders.tell(placed(1));
    const gate = scene.standingStill();
    void scene.start({ durationMs: 1000, pause: forEver }).run();
    await gate.arrived;
    expect(await scene.timeFor(scene.start({ durationMs: 1000 }).run())).toBe(1000);
  });

  it('has its successor stop waiting when that is told to', async () => {
    await kill();
    const controller = new AbortController();
    const waiting = scene.start().run(controller.signal);
    await turn();
    controller.abort();
    await waiting;
    expect(scene.orders.arrivals).toHaveLength(1);
  });
});

describe('a runner that wakes up after its lease', () => {
  it('writes nothing and does nothing, until it has the lease again', async () => {
    await scene.orders.tell(placed(1));
    const gate = scene.standingStill();
    const isAwake = new AbortController();
    const sleeping: LeaseOptions['pause'] = (delayMs, signal) =>
      isAwake.signal.aborted ? scene.time.pause(delayMs, signal) : forEver(delayMs, signal);
    const resolved: string[] = [];
    const zombie = scene
      .start({ pause: sleeping })
      .run()
      .then(() => resolved.push('zombie'));
    await gate.arrived;
    const successor = scene.start();
    await scene.timeFor(successor.run());
    await scene.orders.tell(placed(2));
    const next = scene.standingStill();
    const later = successor.run();
    await next.arrived;

    const before = await logAfter(scene.orders.store, undefined);
    isAwake.abort();
    gate.open();
    for (let turns = 0; turns < 20; turns += 1) await turn();
    expect(await logAfter(scene.orders.store, undefined)).toEqual(before);
    expect(scene.orders.arrivals).toHaveLength(4);

    // What it was asked for is not done yet.
    expect(resolved).toEqual([]);
    next.open();
    await scene.timeFor(Promise.all([zombie, later]));
    expect(scene.orders.arrivals).toHaveLength(5);
    expect(scene.orders.complaints).toEqual([]);
  });
});

describe('the log of runners with leases', () => {
  /** Tells a story to a runner that is killed at a call of its store, and to its successor. */
  const tell = async (killedAt?: number): Promise<{ log: readonly RecordedEvent[]; calls: number }> => {
    scene = createLeaseScene();
    await scene.orders.tell(placed(1));
    await scene.orders.tell(placed(2));
    let calls = 0;
    let kill = (): void => undefined;
    const killed = new Promise<void>((resolve) => (kill = resolve));
    const mortal = scene.start(
      { pause: forEver },
      {
        store: {
          ...scene.orders.store,
          append: async (...request) => {
            calls += 1;
            if (calls !== killedAt) return scene.orders.store.append(...request);
            kill();
            return new Promise(() => undefined);
          },
        },
      },
    );
    await Promise.race([mortal.run(), killed]);
    const successor = scene.start();
    await scene.timeFor(successor.run());
    await scene.orders.tell(noted(1, 1));
    await successor.run();
    return { log: await logAfter(scene.orders.store, undefined), calls };
  };

  it('is the very same when one was killed and another has taken over', async () => {
    const alive = await tell();
    expect(alive.calls).toBeGreaterThan(4);
    for (let call = 1; call <= alive.calls; call += 1) {
      expect({ call, log: (await tell(call)).log }).toEqual({ call, log: alive.log });
    }
  });
});
