import assert from 'node:assert/strict';
import fc, { type Arbitrary, type Parameters as RunParameters } from 'fast-check';
import type { StoreCapabilities } from '../event-store/event-store';
import type { Instant } from '../values/instant';
import type { CreateEventStoreHarness, EventStoreHarness } from './conformance-test';
import { wholeStream } from './conformance/events';
import {
  append,
  appendNothing,
  crashWhileAppending,
  race,
  repeat,
  reuseEventId,
} from './model/appending-commands';
import { History } from './model/history';
import { crash, erase, restart } from './model/life-commands';
import { expectLog, readLog, readStream } from './model/reading-commands';
import type { StoreCommand } from './model/store-command';
import { StoresUnderTest } from './model/stores-under-test';
import {
  appendWhileAsleep,
  askForMore,
  cancel,
  readOne,
  readToHead,
  subscribe,
} from './model/subscribing-commands';

/** How many histories, and, to see a failure again, which one: the seed, the path and the replay path it printed. */
export interface EventStoreModelOptions extends RunParameters<[Iterable<StoreCommand>]> {
  readonly replayPath?: string;
  /** How many steps a history may have. Default 40. */
  readonly commandsMax?: number;
  /** How long a subscription may take to deliver what is there. Default 5,000 ms. */
  readonly patienceMs?: number;
}

type Weighted = readonly (readonly [weight: number, commands: Arbitrary<StoreCommand>])[];

/** Steps that a store of these capabilities can go through, mostly appends, so that the rest has something to meet. */
const commandsFor = ({ durable, manyProcesses }: StoreCapabilities): Arbitrary<StoreCommand> => {
  const through = fc.constantFrom(...(manyProcesses ? [0, 1] : [0]));
  const always: Weighted = [
    [8, append(through)],
    [1, appendNothing(through)],
    [2, repeat(through)],
    [1, reuseEventId(through)],
    [1, race(through)],
    [1, readStream(through)],
    [3, readLog(through)],
    [3, subscribe(through)],
    [2, askForMore],
    [2, readOne],
    [3, readToHead],
    [2, appendWhileAsleep(through)],
    [1, cancel],
    [1, erase(through)],
  ];
  const whereDurable: Weighted = [
    [1, restart(through)],
    [1, crash(through)],
    [1, crashWhileAppending(through)],
  ];
  const weighted = durable ? [...always, ...whereDurable] : always;
  return fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary })));
};

/** Everything at once, through every handle: the log, every stream, and what every subscriber has yet to be told. */
const expectAll = async (history: History, stores: StoresUnderTest): Promise<void> => {
  for (const store of stores.handles) {
    await expectLog(history, store, { start: 0, limit: 1000, filter: {} });
    for (const stream of history.streams()) {
      assert.deepEqual(await wholeStream(store, stream), history.streamOf(stream));
    }
  }
  for (const subscriber of stores.subscribers) await subscriber.readToHead();
};

const clock = (): Instant => '2026-03-29T01:00:00.000Z' as Instant;

const onHarness = async <T>(
  createHarness: CreateEventStoreHarness,
  work: (harness: EventStoreHarness) => Promise<T>,
): Promise<T> => work(await createHarness(clock));

const capabilitiesOf = (createHarness: CreateEventStoreHarness): Promise<StoreCapabilities> =>
  onHarness(createHarness, async (harness) => {
    const store = await harness.open();
    await store.close();
    await harness.dispose();
    return store.capabilities;
  });

/**
 * Lets a store and a plain list go through the same random histories, and fails where they differ: appends, right and
 * wrong, repeated and at once; reading in pages; several subscribers that lag, are cancelled and go on from their
 * checkpoints; erasing; and, as far as the store can, closing, crashing (also in the middle of an append) and a second
 * process. The failure shows the shortest history, in words, with the seed, the path and the replay path by which it
 * can be seen again.
 */
export const assertEventStoreAgreesWithModel = async (
  createHarness: CreateEventStoreHarness,
  options: EventStoreModelOptions = {},
): Promise<void> => {
  const { replayPath, commandsMax = 40, patienceMs = 5000, ...parameters } = options;
  const capabilities = await capabilitiesOf(createHarness);
  const commands = fc.commands([commandsFor(capabilities)], {
    ...{ maxCommands: commandsMax, size: 'max' },
    ...(replayPath !== undefined && { replayPath }),
  });
  const property = fc.asyncProperty(commands, (steps) =>
    onHarness(createHarness, async (harness) => {
      const [model, real] = [new History(capabilities), new StoresUnderTest(harness, patienceMs)];
      try {
        await fc.asyncModelRun(() => ({ model, real }), steps);
        await expectAll(model, real);
      } finally {
        await real.dispose();
      }
    }),
  );
  await fc.assert(property, parameters);
};
