import { randomUUID } from 'node:crypto';
import { decodeRecorded, type EventStore } from '@mandate/event-sourcing';
import { mandateEventCodec } from '@mandate/domain';
import { ratePerSecond } from '../comparing/timer';
import { requireCount, type PreparedWork, type Work, type Workbench } from '../comparing/work';
import { connectSides, serversToMeasure, type ConnectedSides } from '../esdb/connected-sides';
import { historyEvent } from '../sample/sample-events';

const batchSize = 250;
const eventsMax = 50_000;

const fill = async (store: EventStore, prefix: string, count: number): Promise<void> => {
  for (let first = 0; first < count; first += batchSize) {
    const size = Math.min(batchSize, count - first);
    const events = Array.from({ length: size }, (_, index) =>
      historyEvent(first / batchSize, first + index + 1),
    );
    await store.append(`${prefix}-${first / batchSize}`, 'no-stream', events);
  }
};

/** Follows a subscription of the store until it has caught up, every event strictly decoded. */
const catchUpOurs = async (store: EventStore, streamPrefix: string): Promise<number> => {
  let operations = 0;
  for await (const batch of store.subscribe({ filter: { streamPrefix } })) {
    if (batch.kind === 'caught-up') break;
    for (const recorded of batch.events) {
      const event = decodeRecorded(mandateEventCodec, recorded);
      operations += event.type === 'ProcessingRecorded' ? event.data.operations : 1;
    }
  }
  return operations;
};

/** The same with nothing but the client: its JSON is taken for what it looks like. */
const catchUpBare = async (
  { client, credentials }: ConnectedSides,
  streamPrefix: string,
  count: number,
): Promise<number> => {
  let [operations, seen] = [0, 0];
  const filter = {
    filterOn: 'streamName',
    prefixes: [streamPrefix],
    checkpointInterval: 1,
    maxSearchWindow: 500,
  } as const;
  const subscription = client.subscribeToAll({
    filter: { ...filter, prefixes: [...filter.prefixes] },
    credentials,
  });
  for await (const { event } of subscription) {
    if (event === undefined) continue;
    const data = event.data as { readonly operations: number };
    operations += event.type === 'ProcessingRecorded' ? data.operations : 1;
    seen += 1;
    if (seen === count) break;
  }
  await subscription.unsubscribe();
  return operations;
};

const catchingUpOn = async (
  [server, connectionString]: readonly [string, string | undefined],
  { events, timer }: Workbench,
): Promise<PreparedWork> => {
  const sides = await connectSides(connectionString);
  const [prefix, count] = [`run-${randomUUID()}`, Math.min(events, eventsMax)];
  await fill(sides.store, prefix, count);
  const last = { ours: -1, limit: -2 };
  return {
    comparisons: [
      {
        work: `esdb-catch-up (${server})`,
        unit: 'events/s',
        target: { atLeast: 0.7 },
        ours: ratePerSecond(timer, count, async () => {
          last.ours = await catchUpOurs(sides.store, prefix);
        }),
        limit: ratePerSecond(timer, count, async () => {
          last.limit = await catchUpBare(sides, prefix, count);
        }),
      },
    ],
    check: () => {
      requireCount('Operations seen by the subscription of the store', last.limit, last.ours);
    },
    close: sides.close,
  };
};

export const esdbCatchUp: Work = {
  name: 'esdb-catch-up',
  about: 'A subscription to EventStoreDB catches up, strictly decoded; the limit is that of the bare client.',
  prepare: async (workbench) => {
    const prepared: PreparedWork[] = [];
    for (const server of serversToMeasure()) prepared.push(await catchingUpOn(server, workbench));
    return {
      comparisons: prepared.flatMap(({ comparisons }) => comparisons),
      check: async () => {
        for (const { check } of prepared) await check();
      },
      close: async () => {
        for (const { close } of prepared) await close();
      },
    };
  },
};
