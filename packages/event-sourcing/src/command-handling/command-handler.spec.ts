import { describe, expect, it } from '@jest/globals';
import { createCommandHandler, type CommandHandlerOptions, type CommandOutcome } from './command-handler';
import type { EventStore } from '../event-store/event-store';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import { newEvent, wholeStream } from '../testing/conformance/events';
import { createFaultStore } from '../testing/fault-store';
import {
  account,
  accountCodec,
  addRequest,
  commandIdOf,
  type Add,
  type Added,
  type AddRequest,
  type LimitReached,
} from '../testing/sample-account';

type Outcome = CommandOutcome<Added, LimitReached>;
type Options = CommandHandlerOptions<Add, number, Added, LimitReached, number>;

const handlerOn = (
  store: EventStore,
  options: Partial<Options> = {},
): ((request: AddRequest) => Promise<Outcome>) =>
  createCommandHandler({ store, decider: account, codec: accountCodec, ...options });

/** A store into which a rival adds 1 right before each of the first appends. */
const withRival = (store: EventStore, appendsOvertaken: number): EventStore => {
  let appends = 0;
  return {
    ...store,
    append: async (stream, expected, events) => {
      appends += 1;
      if (appends <= appendsOvertaken) await handlerOn(store)(addRequest(100 + appends, [1]));
      return store.append(stream, expected, events);
    },
  };
};

const added = (amount: number, seen: number, fact: number): Added => ({
  type: 'Added',
  data: { amount, seen, fact },
});

describe('handling a command', () => {
  it('records what was decided, and says where to wait for it', async () => {
    const store = createInMemoryEventStore();
    const outcome = await handlerOn(store)(addRequest(1, [2, 3]));
    const [first, second] = await wholeStream(store, 'account-1');
    expect(outcome).toEqual({
      outcome: 'accepted',
      stream: 'account-1',
      version: 2,
      position: second?.position,
      events: [added(2, 0, 1), added(3, 0, 1)],
    });
    expect(first).toMatchObject({ type: 'Added', metadata: { commandId: commandIdOf(1), actor: 'tester' } });
  });

  it('decides on the whole history', async () => {
    const handle = handlerOn(createInMemoryEventStore());
    await handle(addRequest(1, [2, 3]));
    expect(await handle(addRequest(2, [4]))).toMatchObject({ version: 3, events: [added(4, 5, 2)] });
  });

  it('records nothing when nothing is left to do, and returns nothing but the outcome', async () => {
    const store = createInMemoryEventStore();
    const handle = handlerOn(store);
    expect(await handle(addRequest(1, []))).toStrictEqual({
      outcome: 'accepted',
      stream: 'account-1',
      version: 0,
      position: undefined,
      events: [],
    });
    await handle(addRequest(2, [1]));
    const [only] = await wholeStream(store, 'account-1');
    expect(await handle(addRequest(3, []))).toStrictEqual({
      outcome: 'accepted',
      stream: 'account-1',
      version: 1,
      position: only?.position,
      events: [],
    });
  });

  it('answers a refusal with its rejection, and records nothing', async () => {
    const store = createInMemoryEventStore();
    expect(await handlerOn(store)(addRequest(1, [21]))).toEqual({
      outcome: 'refused',
      rejection: { reason: 'limit-reached', total: 0 },
    });
    expect(await wholeStream(store, 'account-1')).toEqual([]);
  });

  it('fails as the store does', async () => {
    const store = createFaultStore(createInMemoryEventStore(), {
      faults: [{ call: 1, fault: 'fail-before' }],
    });
    await expect(handlerOn(store)(addRequest(1, [1]))).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('fails as corrupt at a history it cannot read, rather than decide on a part of it', async () => {
    const store = createInMemoryEventStore();
    await store.append('account-1', 'no-stream', [newEvent()]);
    await expect(handlerOn(store)(addRequest(1, [1]))).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('takes a command id that was used for another stream for a mistake', async () => {
    const handle = handlerOn(createInMemoryEventStore());
    await handle(addRequest(1, [1]));
    await expect(handle({ ...addRequest(1, [1]), stream: 'account-2' })).rejects.toMatchObject({
      code: 'duplicate-event-id',
    });
  });
});

describe('a command that another one overtakes', () => {
  it('is decided anew on the new state, with new facts, after a pause', async () => {
    const pauses: number[] = [];
    const handle = handlerOn(withRival(createInMemoryEventStore(), 2), {
      pause: (attempt) => {
        pauses.push(attempt);
        return Promise.resolve();
      },
    });
    let facts = 70;
    const outcome = await handle(addRequest(1, [5], () => (facts += 1)));
    expect(outcome).toMatchObject({ version: 3, events: [added(5, 2, 73)] });
    expect(pauses).toEqual([1, 2]);
  });

  it('waits a few milliseconds where no pause is given', async () => {
    const handle = handlerOn(withRival(createInMemoryEventStore(), 3));
    await expect(handle(addRequest(1, [5]))).resolves.toMatchObject({ version: 4 });
  });

  it('may be refused for what came first', async () => {
    const handle = handlerOn(withRival(createInMemoryEventStore(), 1));
    expect(await handle(addRequest(1, [20]))).toEqual({
      outcome: 'refused',
      rejection: { reason: 'limit-reached', total: 1 },
    });
  });

  it('is given up after so many attempts, with the conflict as the error', async () => {
    const store = createInMemoryEventStore();
    let facts = 0;
    const pauses: number[] = [];
    const handle = handlerOn(withRival(store, 100), {
      attemptsMax: 4,
      pause: (attempt) => Promise.resolve(void pauses.push(attempt)),
    });
    await expect(handle(addRequest(1, [1], () => (facts += 1)))).rejects.toMatchObject({
      failure: { kind: 'version-conflict', stream: 'account-1', expected: 3, actual: 4 },
    });
    expect(facts).toBe(4);
    expect(pauses).toEqual([1, 2, 3]);
    expect(await wholeStream(store, 'account-1')).toHaveLength(4);
  });
});
