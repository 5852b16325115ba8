import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createAggregateMemory, type AggregateMemory } from './aggregate-memory';
import { createCommandHandler, type CommandOutcome } from './command-handler';
import { fold } from './decider';
import { decodeRecorded } from '../codecs/event-codec';
import type { EventStore, RecordedEvent } from '../event-store/event-store';
import { isEventStoreError } from '../event-store/event-store-error';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import { wholeStream } from '../testing/conformance/events';
import { failedExpectation } from '../testing/failed-expectation';
import { createFaultStore, plannedFaults, type PlannedFault } from '../testing/fault-store';
import { mutations } from '../testing/mutations';
import { createScheduledStore } from '../testing/scheduled-store';
import {
  account,
  accountCodec,
  additions,
  addRequest,
  commandIdOf,
  type Added,
  type AddRequest,
  type LimitReached,
} from '../testing/sample-account';

type Outcome = CommandOutcome<Added, LimitReached>;
type Mutate = (store: EventStore) => EventStore;

interface Handled {
  readonly number: number;
  readonly outcome: Outcome;
}

const totalOf = (events: readonly RecordedEvent[]): number =>
  fold(
    account.evolve,
    account.initialState,
    events.map((event) => decodeRecorded(accountCodec, event)),
  );

/** The events of each command, in the order in which the commands came. */
const byCommand = (history: readonly RecordedEvent[]): ReadonlyMap<string, readonly RecordedEvent[]> => {
  const groups = new Map<string, RecordedEvent[]>();
  for (const event of history) {
    const { commandId } = event.metadata;
    groups.set(commandId, [...(groups.get(commandId) ?? []), event]);
  }
  return groups;
};

const dataOf = (event: RecordedEvent): Added['data'] => decodeRecorded(accountCodec, event).data;

/** What somebody was told has to be what is on record. */
const expectTruth = (
  { outcome }: Handled,
  own: readonly RecordedEvent[],
  totals: readonly number[],
): void => {
  if (outcome.outcome === 'refused') {
    expect(totals).toContain(outcome.rejection.total);
    return;
  }
  expect(outcome.events.map(({ data }) => data)).toEqual(own.map(dataOf));
  const last = own.at(-1);
  if (last !== undefined) expect(outcome).toMatchObject({ version: last.version, position: last.position });
};

/**
 * That a history is a sequence of decisions: each made on the state just before its events, each command once, and
 * that everybody was told what is on record.
 */
const expectSequenceOfDecisions = (history: readonly RecordedEvent[], handled: readonly Handled[]): void => {
  const totals = [...history.keys(), history.length].map((count) => totalOf(history.slice(0, count)));
  const groups = byCommand(history);
  expect([...groups.values()].flat()).toEqual(history);
  for (const group of groups.values()) {
    const [first] = group;
    expect(new Set(group.map((event) => dataOf(event).seen))).toEqual(new Set([totals[first!.version - 1]]));
  }
  for (const each of handled) expectTruth(each, groups.get(commandIdOf(each.number)) ?? [], totals);
};

/** Several handlers on one store at once; every command is sent twice, with other facts, to any of them. */
const assertSerialisable = (
  mutate: Mutate = (store) => store,
  memoryOf: () => AggregateMemory<number> | undefined = () => undefined,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.scheduler(), additions, async (scheduler, amounts) => {
      const inner = createInMemoryEventStore();
      const store = createScheduledStore(mutate(inner), scheduler);
      const attemptsMax = 40;
      const pause = (): Promise<void> => scheduler.schedule(Promise.resolve(), 'pause');
      const options = { store, decider: account, codec: accountCodec, attemptsMax, pause };
      const handlers = [memoryOf(), memoryOf()].map((memory) =>
        createCommandHandler({ ...options, ...(memory === undefined ? {} : { memory }) }),
      );
      let facts = 0;
      const handling = amounts.flatMap((each, number) =>
        handlers.map(async (handle): Promise<Handled> => {
          const outcome = await handle(addRequest(number, each, () => (facts += 1)));
          return { number, outcome };
        }),
      );
      const settled = await scheduler.waitFor(Promise.allSettled(handling));
      expect(settled.filter(({ status }) => status === 'rejected')).toEqual([]);
      const handled = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      expectSequenceOfDecisions(await wholeStream(inner, 'account-1'), handled);
    }),
    { numRuns: 150 },
  );

const mutationNamed = (name: string): Mutate => {
  const mutation = mutations.find(([what]) => what === name)?.[1];
  return (store) => ({ ...store, ...mutation?.(store) });
};

const forgettingCommandIds: Mutate = (store) => ({
  ...store,
  readStream: async (...request) => {
    const page = await store.readStream(...request);
    const commandId = commandIdOf(-1);
    return {
      ...page,
      events: page.events.map((event) => ({ ...event, metadata: { ...event.metadata, commandId } })),
    };
  },
});

describe('commands that are handled at the same time', () => {
  it('leave a history in which each was decided on the state just before its events, and learn it', async () => {
    await assertSerialisable();
  });

  it('do so, too, where each handler remembers what it has read, be it little', async () => {
    await assertSerialisable(undefined, () => createAggregateMemory());
    await assertSerialisable(undefined, () => createAggregateMemory({ eventsMax: 3 }));
  });

  it('do not, where a handler remembers something else', async () => {
    const mistaken = (): AggregateMemory<number> => {
      const memory = createAggregateMemory<number>();
      return {
        ...memory,
        remember: (stream, aggregate) => {
          memory.remember(stream, { ...aggregate, state: aggregate.state + 1 });
        },
      };
    };
    await expect(assertSerialisable(undefined, mistaken)).rejects.toMatchObject(failedExpectation);
  });

  it.each<[what: string, mutate: Mutate]>([
    ['writes whatever version is expected', mutationNamed('writes whatever version is expected')],
    ['forgets which command an event came from', forgettingCommandIds],
  ])('do not, on a store that %s', async (_, mutate) => {
    await expect(assertSerialisable(mutate)).rejects.toMatchObject(failedExpectation);
  });
});

/** Sends a command again, with new facts and every few times from a new process, until there is an outcome. */
const insist = async (store: EventStore, request: AddRequest): Promise<Outcome> => {
  for (let tries = 0; ; tries += 1) {
    try {
      return await createCommandHandler({ store, decider: account, codec: accountCodec })(request);
    } catch (error) {
      expect(['unavailable', 'outcome-unknown']).toContain(isEventStoreError(error) ? error.code : error);
      expect(tries).toBeLessThan(40);
    }
  }
};

const sendAll = async (
  store: EventStore,
  amounts: readonly (readonly number[])[],
): Promise<readonly Handled[]> => {
  let facts = 0;
  const handled: Handled[] = [];
  for (const [number, each] of amounts.entries()) {
    handled.push({
      number,
      outcome: await insist(
        store,
        addRequest(number, each, () => (facts += 1)),
      ),
    });
  }
  return handled;
};

const assertOnceUnder = (
  faults: fc.Arbitrary<readonly PlannedFault[]>,
  mutate: Mutate = (s) => s,
  numRuns = 200,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(faults, additions, async (planned, amounts) => {
      const inner = createInMemoryEventStore();
      const store = createFaultStore(mutate(inner), { faults: planned, pause: () => Promise.resolve() });
      const handled = await sendAll(store, amounts);
      expectSequenceOfDecisions(await wholeStream(inner, 'account-1'), handled);
      const accepted = handled.filter(({ outcome }) => outcome.outcome === 'accepted');
      const again = await sendAll(inner, amounts);
      // What was refused or had nothing to do decides again; what has events is what it was.
      expect(again).toEqual(
        expect.arrayContaining(accepted.filter(({ number }) => amounts[number]!.length > 0)),
      );
    }),
    { numRuns },
  );

describe('commands that are sent until there is an answer', () => {
  it('are recorded once, whatever the store does, and keep their outcome', async () => {
    await assertOnceUnder(plannedFaults({ callsMax: 40 }));
  });

  it('are not, when it is forgotten which command an event came from', async () => {
    // It takes a fault right after an append, of which few plans have one. Ends with the first that does.
    const finding = assertOnceUnder(plannedFaults({ callsMax: 40 }), forgettingCommandIds, 5000);
    await expect(finding).rejects.toMatchObject(failedExpectation);
  });
});
