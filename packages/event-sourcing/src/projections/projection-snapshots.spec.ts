import { describe, expect, it } from '@jest/globals';
import { left, right } from 'fp-ts/Either';
import type { EventStore } from '../event-store/event-store';
import { EventStoreError } from '../event-store/event-store-error';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import { createInMemorySnapshotStore } from '../snapshots/in-memory-snapshot-store';
import type { SnapshotStore } from '../snapshots/snapshot-store';
import { createWriter, notes, type Entry, type Notes } from '../testing/sample-notes';
import { createInMemoryProjection } from './in-memory-projection';
import type { ProjectionSnapshotOptions } from './projection-snapshots';

const optionsOf = (
  snapshotStore: SnapshotStore,
  changes: Partial<ProjectionSnapshotOptions<Notes>> = {},
): { readonly snapshots: ProjectionSnapshotOptions<Notes> } => ({
  snapshots: {
    ...{ snapshotStore, everyEvents: 10 },
    codec: { encode: (state) => state, decode: (json) => right(json as Notes) },
    ...changes,
  },
});

const readable = (count: number): readonly Entry[] => Array.from({ length: count }, () => 'readable');

/** A store that counts the events it gives out. */
const counted = (
  store: EventStore,
): { readonly store: Pick<EventStore, 'readAll'>; readonly events: () => number } => {
  let events = 0;
  return {
    events: () => events,
    store: {
      readAll: async (request) => {
        const page = await store.readAll(request);
        events += page.events.length;
        return page;
      },
    },
  };
};

const keptIn = async (snapshotStore: SnapshotStore): Promise<number | undefined> =>
  (await snapshotStore.read('projection/notes')).snapshot?.eventCount;

describe('a snapshot of a projection', () => {
  it('spares the next process what was folded: it reads the last event again, and what is new', async () => {
    const [store, snapshotStore] = [createInMemoryEventStore(), createInMemorySnapshotStore()];
    const write = createWriter(store);
    await write({ stream: 'a', entries: readable(30) });
    await createInMemoryProjection(store, notes, optionsOf(snapshotStore)).catchUp();
    await write({ stream: 'a', entries: ['unwanted', 'readable'] });
    const counting = counted(store);
    const projection = createInMemoryProjection(counting.store, notes, optionsOf(snapshotStore));
    await projection.catchUp();
    expect(projection.state()['a']).toHaveLength(31);
    expect(counting.events()).toBe(2);
    await projection.catchUp();
    expect(counting.events()).toBe(2);
  });

  it('is kept again only when so many events have come', async () => {
    const [store, snapshotStore] = [createInMemoryEventStore(), createInMemorySnapshotStore()];
    const write = createWriter(store);
    const projection = createInMemoryProjection(store, notes, optionsOf(snapshotStore));
    const kept: unknown[] = [];
    for (const count of [9, 1, 9, 1]) {
      await write({ stream: 'a', entries: readable(count) });
      await projection.catchUp();
      kept.push(await keptIn(snapshotStore));
    }
    expect(kept).toEqual([undefined, 10, 10, 20]);
  });

  it('is not kept while something is parked, which a newer release may understand', async () => {
    const [store, snapshotStore] = [createInMemoryEventStore(), createInMemorySnapshotStore()];
    await createWriter(store)({ stream: 'a', entries: [...readable(20), 'unreadable'] });
    await createInMemoryProjection(store, notes, optionsOf(snapshotStore)).catchUp();
    expect(await keptIn(snapshotStore)).toBeUndefined();
  });

  it('is not used by a projection that folds other types of events, though its version says the same', async () => {
    const [store, snapshotStore] = [createInMemoryEventStore(), createInMemorySnapshotStore()];
    await createWriter(store)({ stream: 'a', entries: readable(10) });
    await createInMemoryProjection(store, notes, optionsOf(snapshotStore)).catchUp();
    const counting = counted(store);
    const codec = { ...notes.codec, types: [...notes.codec.types, 'Other'] as unknown as readonly ['Noted'] };
    await createInMemoryProjection(counting.store, { ...notes, codec }, optionsOf(snapshotStore)).catchUp();
    expect(counting.events()).toBe(10);
  });

  it('is looked for again when the event store could not be asked about its last event', async () => {
    const [store, snapshotStore] = [createInMemoryEventStore(), createInMemorySnapshotStore()];
    await createWriter(store)({ stream: 'a', entries: readable(10) });
    await createInMemoryProjection(store, notes, optionsOf(snapshotStore)).catchUp();
    const counting = counted(store);
    let failures = 1;
    const failingOnce: Pick<EventStore, 'readAll'> = {
      readAll: (request) => {
        failures -= 1;
        if (failures < 0) return counting.store.readAll(request);
        const failure = { kind: 'unavailable', retryable: true, reason: 'busy' } as const;
        return Promise.reject(new EventStoreError(failure));
      },
    };
    const projection = createInMemoryProjection(failingOnce, notes, optionsOf(snapshotStore));
    await expect(projection.catchUp()).rejects.toMatchObject({ code: 'unavailable' });
    await projection.catchUp();
    expect(projection.state()['a']).toHaveLength(10);
    expect(counting.events()).toBe(1);
  });
});

describe('a projection whose snapshots fail', () => {
  const failing = (): Promise<never> => Promise.reject(new Error('no snapshots today'));
  const broken: SnapshotStore = { read: failing, write: failing, removeAll: failing, close: failing };
  const working = createInMemorySnapshotStore;

  it.each<[what: string, store: SnapshotStore, codec: Partial<ProjectionSnapshotOptions<Notes>['codec']>]>([
    ['everything', broken, {}],
    ['writing', { ...working(), write: failing }, {}],
    ['encoding', working(), { encode: () => 1n }],
  ])('reads everything, and says what happened (%s)', async (_, snapshotStore, codec) => {
    const store = createInMemoryEventStore();
    await createWriter(store)({ stream: 'a', entries: readable(20) });
    const failures: unknown[] = [];
    const { snapshots } = optionsOf(snapshotStore, { onFailure: (error) => failures.push(error) });
    const options = { snapshots: { ...snapshots, codec: { ...snapshots.codec, ...codec } } };
    const projection = createInMemoryProjection(store, notes, options);
    await projection.catchUp();
    expect(projection.state()['a']).toHaveLength(20);
    expect(failures).toHaveLength(1);
  });

  it.each([
    ['cannot be decoded', () => left('no notes')],
    [
      'makes the codec throw',
      () => {
        throw new TypeError('no notes');
      },
    ],
  ])('reads everything where the state %s', async (_, decode) => {
    const [store, snapshotStore] = [createInMemoryEventStore(), working()];
    await createWriter(store)({ stream: 'a', entries: readable(20) });
    const codec = { encode: (state: Notes) => state, decode };
    for (let life = 0; life < 2; life += 1) {
      const counting = counted(store);
      const options = optionsOf(snapshotStore, { codec });
      await createInMemoryProjection(counting.store, notes, options).catchUp();
      expect(counting.events()).toBe(20);
    }
    expect(await keptIn(snapshotStore)).toBe(20);
  });

  it('refuses an interval that is none', () => {
    for (const everyEvents of [0, 1.5]) {
      const options = optionsOf(broken, { everyEvents });
      expect(() => createInMemoryProjection(createInMemoryEventStore(), notes, options)).toThrow(RangeError);
    }
  });
});
