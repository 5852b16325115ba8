import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '../event-store/event-store';
import { InstancesSetAsideError, isInstancesSetAsideError } from './process-set-aside';
import {
  after,
  completed,
  createOrderScene,
  noted,
  orderIdOf,
  placed,
  recordOf,
  type OrderRunnerOptions,
  type OrderScene,
} from '../testing/order-scene';
import { orderProcess } from '../testing/sample-order';
import type { Uuid } from '../values/uuid';

type Manager = OrderRunnerOptions['manager'];

/** Reads the order from outside, where its event cannot be read. */
const orderProcessOfTheFuture: Manager = {
  ...orderProcess,
  instanceOfUnreadable: ({ data }) => data['orderId'] as Uuid | undefined,
};

/** What a newer version of the software would have recorded. */
const unreadable = async (scene: OrderScene, number: number | undefined): Promise<RecordedEvent> => {
  const told = await scene.tell(noted(number ?? 1, 1));
  const event = {
    ...told,
    eventId: told.eventId.replace(/^......../, '00000000') as Uuid,
    schemaVersion: 9,
    data: number === undefined ? {} : told.data,
  };
  await scene.store.append('sales', told.version, [event]);
  const { events } = await scene.store.readStream('sales', { after: told.version });
  return events[0] as RecordedEvent;
};

const toldTo = (runner: ReturnType<OrderScene['startRunner']>, number: number): readonly string[] =>
  runner.instance(orderIdOf(number))?.state.told ?? [];

describe('an instance for which there is an event that cannot be read', () => {
  it('stops there, and the others go on; the run says so at its end', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1, 10_000));
    const { position } = await unreadable(scene, 1);
    await scene.tell(noted(1, 2));
    await scene.tell(placed(2, 10_000));
    const runner = scene.startRunner({ manager: orderProcessOfTheFuture });
    const error = await runner.run().catch((thrown: unknown) => thrown);
    expect(isInstancesSetAsideError(error)).toBe(true);
    expect((error as Error).message).toContain(`position ${position}`);
    expect(runner.setAside()).toMatchObject([{ instanceId: orderIdOf(1), cause: { code: 'corrupt' } }]);
    expect(toldTo(runner, 1)).toEqual(['OrderPlaced', 'note 1']);
    expect(toldTo(runner, 2)).toEqual(['OrderPlaced', 'completed reserve', 'completed notify']);
  });

  it('does nothing more, however late it gets: not what it meant to do, not what a deadline asks for', async () => {
    const scene = createOrderScene();
    scene.answer = ({ step }) =>
      step === 'notify' && scene.clock.now < after(500)
        ? { outcome: 'failed', reason: 'unreachable' }
        : completed(step);
    await scene.tell(placed(1, 10_000));
    await scene.startRunner().run();
    await unreadable(scene, 1);
    const runner = scene.startRunner({ manager: orderProcessOfTheFuture });
    for (const at of [2000, 20_000, 40_000]) {
      scene.clock.now = after(at);
      await expect(runner.run()).rejects.toThrow(InstancesSetAsideError);
      expect(runner.nextDueAt()).toBeUndefined();
    }
    expect(scene.arrivals.map(({ step }) => step)).toEqual(['reserve', 'notify']);
  });

  it('goes on where it stopped, in order, once the event can be read', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1, 10_000));
    await unreadable(scene, 1);
    await scene.tell(noted(1, 2));
    await scene
      .startRunner({ manager: orderProcessOfTheFuture })
      .run()
      .catch(() => undefined);
    const { codec } = orderProcess;
    const updated: Manager = {
      ...orderProcess,
      codec: { ...codec, decode: (recorded) => codec.decode({ ...recorded, schemaVersion: 1 }) },
    };
    const runner = scene.startRunner({ manager: updated });
    await runner.run();
    expect(toldTo(runner, 1).slice(0, 4)).toEqual(['OrderPlaced', 'note 1', 'note 1', 'note 2']);
    expect(runner.setAside()).toEqual([]);
  });

  it('stops all of them, where nobody can tell whom the event concerns', async () => {
    for (const [manager, number] of [
      [orderProcess, 1],
      [orderProcessOfTheFuture, undefined],
    ] as const) {
      const scene = createOrderScene();
      await unreadable(scene, number);
      await scene.tell(placed(2));
      const runner = scene.startRunner({ manager });
      await expect(runner.run()).rejects.toMatchObject({ code: 'corrupt' });
      expect(scene.arrivals).toEqual([]);
    }
  });
});

describe('an instance whose own record cannot be read', () => {
  it('acts on nothing of it, and the others go on', async () => {
    const scene = createOrderScene();
    scene.answer = ({ step, orderId }) =>
      orderId === orderIdOf(1) ? { outcome: 'failed', reason: 'unreachable' } : completed(step);
    await scene.tell(placed(1));
    await scene.tell(placed(2));
    await scene.startRunner().run();
    const record = await recordOf(scene.store, 1);
    const [first] = (await scene.store.readStream(`order-${orderIdOf(1)}`)).events;
    const future = { ...first!, eventId: orderIdOf(9), schemaVersion: 9 };
    await scene.store.append(`order-${orderIdOf(1)}`, record.length, [future]);
    const before = scene.arrivals.length;
    scene.clock.now = after(5000);
    await scene.tell(noted(1, 3));
    await scene.tell(noted(2, 3));
    const runner = scene.startRunner();
    for (let run = 0; run < 2; run += 1) {
      await expect(runner.run()).rejects.toThrow(InstancesSetAsideError);
      expect(runner.outstanding()).toEqual([]);
    }
    expect(scene.arrivals).toHaveLength(before);
    expect(toldTo(runner, 2).at(-1)).toBe('note 3');
  });
});

describe('an instance whose process throws', () => {
  const throwing = (isBroken: () => boolean): Manager => ({
    ...orderProcess,
    react: (state, input) => {
      if (isBroken() && state.orderId === orderIdOf(1)) throw new RangeError('anna@example.com');
      return orderProcess.react(state, input);
    },
  });

  it('records nothing, and the others go on; what it threw is not repeated', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1));
    await scene.tell(placed(2));
    const runner = scene.startRunner({ manager: throwing(() => true) });
    const error = await runner.run().catch((thrown: unknown) => thrown);
    expect((error as Error).message).toContain(`${orderIdOf(1)}: its process threw RangeError.`);
    expect((error as Error).message).not.toContain('anna');
    expect(await recordOf(scene.store, 1)).toEqual([]);
    expect(toldTo(runner, 2)).toHaveLength(3);
  });

  it('is tried again by the next run, in order', async () => {
    const scene = createOrderScene();
    let isBroken = true;
    await scene.tell(placed(1));
    await scene.tell(noted(1, 1));
    const runner = scene.startRunner({ manager: throwing(() => isBroken) });
    await expect(runner.run()).rejects.toThrow(InstancesSetAsideError);
    isBroken = false;
    await runner.run();
    expect(toldTo(runner, 1).slice(0, 2)).toEqual(['OrderPlaced', 'note 1']);
    expect(runner.setAside()).toEqual([]);
  });
});

describe('an instance of whose record the store has lost the end', () => {
  it('is set aside, instead of being written to again and again', async () => {
    const scene = createOrderScene();
    await scene.tell(placed(1));
    let appends = 0;
    const runner = scene.startRunner({
      store: {
        ...scene.store,
        append: async (stream, expected, events) => {
          appends += 1;
          if (appends !== 2) return scene.store.append(stream, expected, events);
          const { next } = await scene.store.readAll();
          return { version: Number(expected) + events.length, position: next!, mayBeRepetition: false };
        },
      },
    });
    await expect(runner.run()).rejects.toThrow(/expected version 4 or later, found version 3/);
    expect(runner.setAside()).toMatchObject([{ cause: { code: 'corrupt' } }]);
  });
});
