import { describe, expect, it } from '@jest/globals';
import { createCommandHandler, type CommandHandlerOptions, type CommandOutcome } from './command-handler';
import type { EventStore } from '../event-store/event-store';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import { wholeStream } from '../testing/conformance/events';
import { createFaultStore, type PlannedFault } from '../testing/fault-store';
import {
  account,
  accountCodec,
  addRequest,
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

const added = (amount: number, seen: number, fact: number): Added => ({
  type: 'Added',
  data: { amount, seen, fact },
});

describe('a repeated command', () => {
  const first = { outcome: 'accepted', version: 2, events: [added(2, 0, 1), added(3, 0, 1)] };

  it('returns the first outcome, also from another handler, after others, with other facts', async () => {
    const store = createInMemoryEventStore();
    const outcome = await handlerOn(store)(addRequest(1, [2, 3]));
    await handlerOn(store)(addRequest(2, [15]));
    expect(await handlerOn(store)(addRequest(1, [2, 3], () => 99))).toEqual(outcome);
    expect(outcome).toMatchObject(first);
    expect(await wholeStream(store, 'account-1')).toHaveLength(3);
  });

  it.each<[what: string, faults: readonly PlannedFault[]]>([
    ['the acknowledgement was lost', [{ call: 1, operation: 'append', fault: 'lose-acknowledgement' }]],
    ['the request was lost', [{ call: 1, operation: 'append', fault: 'lose-request' }]],
  ])('is not even needed when %s', async (_, faults) => {
    const store = createInMemoryEventStore();
    const handle = handlerOn(createFaultStore(store, { faults }));
    expect(await handle(addRequest(1, [2, 3]))).toMatchObject(first);
    expect(await wholeStream(store, 'account-1')).toHaveLength(2);
  });

  it('returns the first outcome when the process had died after writing it', async () => {
    const store = createInMemoryEventStore();
    const dying = createFaultStore(store, {
      faults: [{ call: 1, operation: 'append', fault: 'crash-after' }],
    });
    await expect(handlerOn(dying)(addRequest(1, [2, 3]))).rejects.toMatchObject({ code: 'unavailable' });
    expect(await handlerOn(store)(addRequest(1, [2, 3], () => 99))).toMatchObject(first);
  });

  it('decides again when it was refused', async () => {
    const store = createInMemoryEventStore();
    const handle = handlerOn(store);
    expect(await handle(addRequest(1, [21]))).toMatchObject({ outcome: 'refused', rejection: { total: 0 } });
    await handle(addRequest(2, [4]));
    expect(await handle(addRequest(1, [21]))).toMatchObject({ outcome: 'refused', rejection: { total: 4 } });
    expect(await handle(addRequest(1, [16]))).toMatchObject({ outcome: 'accepted', version: 2 });
  });

  it('returns the first outcome to whoever comes second at the same moment, whatever the facts', async () => {
    const store = createInMemoryEventStore();
    const outcomes = await Promise.all(
      [1, 2, 3].map((fact) => handlerOn(store)(addRequest(1, [2, 3], () => fact))),
    );
    expect(outcomes).toEqual([outcomes[0], outcomes[0], outcomes[0]]);
    expect(outcomes[0]).toMatchObject({ version: 2 });
  });

  it('does so also where the facts had it decided on fewer events', async () => {
    const store = createInMemoryEventStore();
    const handle = (count: number): Promise<Outcome> =>
      handlerOn(store, {
        decider: {
          ...account,
          decide: ({ amounts }, ...rest) => account.decide({ amounts: amounts.slice(0, count) }, ...rest),
        },
      })(addRequest(1, [1, 2, 3]));
    const outcomes = await Promise.all([handle(3), handle(1), handle(2)]);
    expect(outcomes).toEqual([outcomes[0], outcomes[0], outcomes[0]]);
    expect(outcomes[0]).toMatchObject({ version: 3 });
  });
});
