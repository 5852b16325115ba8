import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventStore, RecordedEvent } from '../event-store/event-store';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import { createInMemoryProjection, type InMemoryProjection } from './in-memory-projection';
import { positionOf, type StoreId } from '../event-store/position';
import { logAfter } from '../testing/conformance/events';
import { failedExpectation } from '../testing/failed-expectation';
import { createFaultStore, plannedFaults } from '../testing/fault-store';
import { mutations } from '../testing/mutations';
import { createWriter, notes, unlucky, withPagesOf, writings, type Notes } from '../testing/sample-notes';

const pageSizes = fc.integer({ min: 1, max: 5 });

interface Expected {
  readonly state: Notes;
  readonly parked: readonly {
    readonly partition: string;
    readonly held: number;
    readonly position: string;
  }[];
}

const isPoison = ({ data }: RecordedEvent): boolean =>
  typeof data['number'] !== 'number' || data['number'] === unlucky;

/** What a projection has to show for a log, said in another way: each stream up to its first poison event. */
const expectedOf = (log: readonly RecordedEvent[]): Expected => {
  const noted = log.filter(({ type }) => type === 'Noted');
  const state: Notes = {};
  const parked: Expected['parked'][number][] = [];
  for (const stream of new Set(noted.map((event) => event.stream))) {
    const own = noted.filter((event) => event.stream === stream);
    const poison = own.find(isPoison);
    const good = poison === undefined ? own : own.slice(0, own.indexOf(poison));
    if (good.length > 0) state[stream] = good.map(({ data }) => data['number'] as number);
    if (poison === undefined) continue;
    parked.push({ partition: stream, held: own.length - good.length - 1, position: poison.position });
  }
  return { state, parked };
};

const expectShows = async (store: EventStore, projection: InMemoryProjection<Notes>): Promise<void> => {
  const log = await logAfter(store, undefined);
  const { state, parked } = expectedOf(log);
  expect(projection.state()).toEqual(state);
  const byPartition = projection
    .parked()
    .toSorted((one, other) => (one.partition < other.partition ? -1 : 1));
  expect(byPartition).toMatchObject(
    parked.toSorted((one, other) => (one.partition < other.partition ? -1 : 1)),
  );
  expect(projection.position()).toBe(log.at(-1)?.position);
};

/** That catching up between any two writes shows what reading everything at once would. */
const assertIncremental = (mutate: (store: EventStore) => Partial<EventStore>): Promise<void> =>
  fc.assert(
    fc.asyncProperty(
      writings('with poison').chain((all) => fc.tuple(fc.constant(all), fc.subarray([...all.keys()]))),
      pageSizes,
      async ([all, catchUpAfter], pageSize) => {
        const store = createInMemoryEventStore();
        const write = createWriter(store);
        const projection = createInMemoryProjection(
          withPagesOf({ ...store, ...mutate(store) }, pageSize),
          notes,
        );
        for (const [index, writing] of all.entries()) {
          await write(writing);
          if (!catchUpAfter.includes(index)) continue;
          await projection.catchUp();
          await expectShows(store, projection);
        }
        await projection.catchUp();
        await expectShows(store, projection);
      },
    ),
    { numRuns: 200 },
  );

describe('a projection in memory', () => {
  it('shows after any split of the history what reading all of it would, poison or not', async () => {
    await assertIncremental(() => ({}));
  });

  it.each(['says of every page of the log that it is the last'])(
    'would not, on a store that %s',
    async (name) => {
      const mutate = mutations.find(([what]) => what === name)![1];
      await expect(assertIncremental(mutate)).rejects.toMatchObject(failedExpectation);
    },
  );

  it('begins with its initial state and no position, and stays there on an empty log', async () => {
    const projection = createInMemoryProjection(createInMemoryEventStore(), notes);
    await projection.catchUp();
    expect(projection.state()).toEqual({});
    expect(projection.position()).toBeUndefined();
    expect(projection.parked()).toEqual([]);
  });

  it('tells handlers stream, position, id and time of an event', async () => {
    const store = createInMemoryEventStore();
    await createWriter(store)({ stream: 'a', entries: ['readable'] });
    const [{ eventId, stream, position, recordedAt, data } = {} as RecordedEvent] = await logAfter(
      store,
      undefined,
    );
    const seen: unknown[] = [];
    const projection = createInMemoryProjection(store, {
      ...notes,
      handle: (state, event) => {
        seen.push(event);
        return state;
      },
    });
    await projection.catchUp();
    expect(seen).toEqual([{ event: { type: 'Noted', data }, eventId, stream, position, recordedAt }]);
  });
});

describe('when the store fails', () => {
  it('catching up says so, and the next time goes on without loss or repetition', async () => {
    await fc.assert(
      fc.asyncProperty(
        writings('with poison'),
        plannedFaults({ callsMax: 12 }),
        pageSizes,
        async (all, faults, pageSize) => {
          const store = createInMemoryEventStore();
          const write = createWriter(store);
          const failing = createFaultStore(store, { faults, pause: () => Promise.resolve() });
          const projection = createInMemoryProjection(withPagesOf(failing, pageSize), notes);
          for (const writing of all) {
            await write(writing);
            await projection
              .catchUp()
              .catch((error: unknown) => expect(error).toMatchObject({ code: 'unavailable' }));
          }
          const isDone = (): Promise<boolean> =>
            projection.catchUp().then(
              () => true,
              () => false,
            );
          while (!(await isDone()));
          await expectShows(store, projection);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('goes on at the event at which the projection could not even name the partition', async () => {
    const store = createInMemoryEventStore();
    await createWriter(store)({ stream: 'a', entries: ['readable', 'readable', 'readable'] });
    let failures = 2;
    const projection = createInMemoryProjection(store, {
      ...notes,
      partitionOf: ({ stream, version }) => {
        if (version === 2 && (failures -= 1) >= 0) throw new TypeError('no partition');
        return stream;
      },
    });
    await expect(projection.catchUp()).rejects.toThrow('no partition');
    await expect(projection.catchUp()).rejects.toThrow('no partition');
    await projection.catchUp();
    expect(projection.state()).toEqual({ a: [100, 101, 102] });
  });
});

describe('waiting for a position', () => {
  it('needs no reading when there is none, or it is reached', async () => {
    const store = createInMemoryEventStore();
    const position = await createWriter(store)({ stream: 'a', entries: ['readable'] });
    const counting = createFaultStore(store, { faults: [] });
    const projection = createInMemoryProjection(counting, notes);
    await projection.waitFor(undefined);
    expect(counting.calls()).toEqual([]);
    await projection.waitFor(position);
    expect(projection.state()).toEqual({ a: [100] });
    await projection.waitFor(position);
    expect(counting.calls()).toEqual(['readAll']);
  });

  it('does not wait for ever for a position that the log does not reach', async () => {
    const store = createInMemoryEventStore({ storeId: 's' });
    await createWriter(store)({ stream: 'a', entries: ['readable'] });
    const projection = createInMemoryProjection(store, notes);
    await expect(projection.waitFor(positionOf('s' as StoreId, 7))).rejects.toMatchObject({
      failure: { kind: 'position-beyond-head', position: 's:7', head: 's:1' },
    });
  });

  it('refuses a position of another store', async () => {
    const store = createInMemoryEventStore();
    await createWriter(store)({ stream: 'a', entries: ['readable'] });
    const projection = createInMemoryProjection(store, notes);
    await expect(projection.waitFor(positionOf('s' as StoreId, 1))).rejects.toMatchObject({
      code: 'position-mismatch',
    });
  });
});
