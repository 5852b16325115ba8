import { randomUUID } from 'node:crypto';
import type { EventToAppend } from '@mandate/event-sourcing';
import type { Comparison } from '../comparing/comparison';
import { ratePerSecond } from '../comparing/timer';
import { requireCount, type PreparedWork, type Work, type Workbench } from '../comparing/work';
import { bareEventOf, connectSides, countEventsOf, serversToMeasure } from '../esdb/connected-sides';
import { batchToAppend } from '../sample/sample-events';
import type { Callers } from './appending';

interface Written {
  readonly stream: string;
  readonly events: readonly EventToAppend[];
}

const appendingOn = async (
  [server, connectionString]: readonly [string, string | undefined],
  { callers, appendsEach }: Callers,
  { effort, timer }: Workbench,
): Promise<PreparedWork> => {
  const sides = await connectSides(connectionString);
  const { store, client, credentials } = sides;
  const run = `run-${randomUUID()}`;
  const appends = Math.ceil(appendsEach * effort);
  const expected = { ours: 0, bare: 0 };
  let measurements = 0;

  /** Everything that is to be written, made before the clock runs. */
  const written = (side: 'ours' | 'bare'): readonly Written[] => {
    measurements += 1;
    expected[side] += callers * appends;
    return Array.from({ length: callers }, (_, caller) => ({
      stream: `${run}-${side}-${measurements}-${caller}`,
      events: Array.from({ length: appends }, (_none, index) =>
        batchToAppend(caller, (measurements * 100 + caller) * 10_000 + index),
      ),
    }));
  };

  const measured = (calls: readonly (() => Promise<void>)[]): Promise<number> =>
    ratePerSecond(timer, callers * appends, async () => {
      await Promise.all(calls.map((call) => call()));
    })();

  const ours: Comparison['ours'] = () =>
    measured(
      written('ours').map(({ stream, events }) => async () => {
        for (const [version, event] of events.entries()) await store.append(stream, version, [event]);
      }),
    );

  const limit: Comparison['limit'] = () =>
    measured(
      written('bare').map(({ stream, events }) => {
        const bareEvents = events.map(bareEventOf);
        return async () => {
          for (const [version, event] of bareEvents.entries()) {
            const expectedRevision = version === 0 ? 'no_stream' : BigInt(version - 1);
            await client.appendToStream(stream, event, { expectedRevision, credentials });
          }
        };
      }),
    );

  const work = `esdb-append-${callers} (${server})`;
  return {
    comparisons: [{ work, unit: 'events/s', target: { atLeast: 0.9 }, ours, limit }],
    check: async () => {
      requireCount('Events that the store keeps', expected.ours, await countEventsOf(client, `${run}-ours`));
      requireCount('Events of the bare client', expected.bare, await countEventsOf(client, `${run}-bare`));
    },
    close: sides.close,
  };
};

const together = (works: readonly PreparedWork[]): PreparedWork => ({
  comparisons: works.flatMap(({ comparisons }) => comparisons),
  check: async () => {
    for (const { check } of works) await check();
  },
  close: async () => {
    for (const { close } of works) await close();
  },
});

const esdbAppend = (name: string, about: string, callers: Callers): Work => ({
  name,
  about,
  prepare: async (workbench) => {
    const prepared: PreparedWork[] = [];
    for (const server of serversToMeasure()) prepared.push(await appendingOn(server, callers, workbench));
    return together(prepared);
  },
});

export const esdbAppendByOne = esdbAppend(
  'esdb-append-1',
  'One caller appends to EventStoreDB; the limit is the bare client, one call each as well.',
  { callers: 1, appendsEach: 600 },
);

export const esdbAppendByTwenty = esdbAppend(
  'esdb-append-20',
  'Twenty callers append to EventStoreDB; the limit is the bare client with as many.',
  { callers: 20, appendsEach: 100 },
);
