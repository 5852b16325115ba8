import { describe, expect, it, jest } from '@jest/globals';
import type { EventStore } from '../event-store/event-store';
import { positionOf } from '../event-store/position';
import type * as processInstance from './process-instance';
import type * as processIntake from './process-intake';
import { createProcessRunner } from './process-runner';
import type * as processRunner from './process-runner';
import { assertKeepsPromises, type Planted } from '../testing/order-promises';
import type { CreateRunner } from '../testing/order-scene';

const faultless = (store: EventStore): EventStore => store;

/** The runner, with one of its parts replaced by a wrong one. */
const runnerWith = <Part extends object>(
  path: string,
  mistake: (right: Part) => Partial<Part>,
): CreateRunner => {
  let mutant: CreateRunner = createProcessRunner;
  jest.isolateModules(() => {
    const right = jest.requireActual<Part>(path);
    jest.doMock(path, () => ({ ...right, ...mistake(right) }));
    mutant = jest.requireActual<typeof processRunner>('./process-runner').createProcessRunner;
    jest.dontMock(path);
  });
  return mutant;
};

type Instances = typeof processInstance;

/** A runner whose bookkeeping overlooks entries of one type. */
const overlooking = (type: string): CreateRunner =>
  runnerWith<Instances>('./process-instance', ({ evolveInstance }) => ({
    evolveInstance: (instance, entry, input) =>
      entry.type === type
        ? { ...instance, version: instance.version + 1 }
        : evolveInstance(instance, entry, input),
  }));

/** A runner that takes inputs that have to wait for inputs it has had. */
const droppingHeldInputs: CreateRunner = runnerWith<typeof processIntake>(
  './process-intake',
  ({ createProcessIntake }) => ({
    createProcessIntake: ({ takeIn, ...options }) =>
      createProcessIntake({
        ...options,
        takeIn: async (...input) => {
          const taken = await takeIn(...input);
          return taken === 'held' ? 'known' : taken;
        },
      }),
  }),
);

/** A store that says it has written what it only writes when it is asked next. */
const writingLate = (store: EventStore): EventStore => {
  let late: (() => Promise<unknown>) | undefined;
  const catchUp = async (): Promise<void> => {
    const write = late;
    late = undefined;
    await write?.();
  };
  return {
    ...store,
    append: async (stream, expected, events) => {
      await catchUp();
      late = () => store.append(stream, expected, events);
      const version = (expected === 'no-stream' ? 0 : expected) + events.length;
      return { version, position: positionOf(store.storeId, 1), mayBeRepetition: false };
    },
    readAll: async (options) => {
      await catchUp();
      return store.readAll(options);
    },
    readStream: async (...request) => {
      await catchUp();
      return store.readStream(...request);
    },
  };
};

describe('a process', () => {
  it('keeps its promises whatever happens, is answered, fails or crashes', async () => {
    await assertKeepsPromises({ create: createProcessRunner, mutate: faultless }, { numRuns: 200 });
  });

  it.each<[mistake: string, planted: Planted]>([
    ['acts before its intent is on record', { create: createProcessRunner, mutate: writingLate }],
    ['forgets which inputs it has had', { create: overlooking('InputReceived'), mutate: faultless }],
    ['fires a deadline twice', { create: overlooking('DeadlineReached'), mutate: faultless }],
    ['does not count its attempts', { create: overlooking('EffectFailed'), mutate: faultless }],
    ['forgets what it has completed', { create: overlooking('EffectCompleted'), mutate: faultless }],
    ['forgets what is parked', { create: overlooking('EffectParked'), mutate: faultless }],
    [
      'overlooks that a deadline was cancelled',
      { create: overlooking('DeadlineCancelled'), mutate: faultless },
    ],
    ['loses the inputs that wait for a person', { create: droppingHeldInputs, mutate: faultless }],
  ])('that %s is found out', async (_, planted) => {
    await expect(assertKeepsPromises(planted, { numRuns: 1000, endOnFailure: true })).rejects.toMatchObject({
      cause: { code: 'ERR_ASSERTION' },
    });
  });
});
