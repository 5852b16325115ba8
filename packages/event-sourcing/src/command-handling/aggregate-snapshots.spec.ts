import { describe, expect, it } from '@jest/globals';
import * as t from 'io-ts';
import type { EventStore, EventToAppend } from '../event-store/event-store';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import { eraseWithSnapshots } from '../snapshots/erase-with-snapshots';
import { createInMemorySnapshotStore } from '../snapshots/in-memory-snapshot-store';
import type { SnapshotStore } from '../snapshots/snapshot-store';
import { createAgingStore } from '../testing/aging-store';
import { newEvent } from '../testing/conformance/events';
import {
  account,
  accountCodec,
  addRequest,
  type Added,
  type AddRequest,
  type LimitReached,
} from '../testing/sample-account';
import { createAggregateMemory } from './aggregate-memory';
import { createAggregateSnapshots, type AggregateSnapshots } from './aggregate-snapshots';
import { createCommandHandler, type CommandOutcome } from './command-handler';
import { loadAggregate } from './load-aggregate';

const added = (amount: number): EventToAppend =>
  newEvent({ type: 'Added', data: { amount, seen: 0, fact: 0 } });

const snapshotsIn = (snapshotStore: SnapshotStore, everyEvents: number): AggregateSnapshots<number> =>
  createAggregateSnapshots({ snapshotStore, name: 'account', version: 1, codec: t.number, everyEvents });

const options = { decider: account, codec: accountCodec };

describe('a snapshot of an aggregate', () => {
  it('costs a process that begins only what is new', async () => {
    const store = createInMemoryEventStore();
    const snapshotStore = createInMemorySnapshotStore();
    await store.append(
      'a',
      'no-stream',
      Array.from({ length: 400 }, () => added(1)),
    );
    let events = 0;
    const counting: Pick<EventStore, 'readStream'> = {
      readStream: async (...request) => {
        const page = await store.readStream(...request);
        events += page.events.length;
        return page;
      },
    };
    const load = async (): Promise<number> =>
      (await loadAggregate(counting, 'a', { ...options, snapshots: snapshotsIn(snapshotStore, 100) })).state;
    expect([await load(), events]).toEqual([400, 400]);
    await store.append('a', 400, [added(5)]);
    expect([await load(), events]).toEqual([405, 402]);
  });

  it('is kept whenever its stream has passed a multiple of so many events, with a memory, too', async () => {
    const store = createInMemoryEventStore();
    const snapshotStore = createInMemorySnapshotStore();
    const snapshots = snapshotsIn(snapshotStore, 3);
    const memory = createAggregateMemory<number>();
    const counts: unknown[] = [];
    for (let version = 0; version < 8; version += 1) {
      await loadAggregate(store, 'a', { ...options, memory, snapshots });
      counts.push((await snapshotStore.read('aggregate/account/a')).snapshot?.eventCount);
      await store.append('a', version, [added(1)]);
    }
    expect(counts).toEqual([undefined, undefined, undefined, 3, 3, 3, 6, 6]);
  });

  it('lets a new process know a command that was handled before it', async () => {
    const store = createInMemoryEventStore();
    const snapshotStore = createInMemorySnapshotStore();
    const handlerOfNewProcess = (): ((request: AddRequest) => Promise<CommandOutcome<Added, LimitReached>>) =>
      createCommandHandler({
        ...{ store, decider: account, codec: accountCodec },
        snapshots: snapshotsIn(snapshotStore, 1),
      });
    const first = await handlerOfNewProcess()(addRequest(1, [1, 2]));
    await handlerOfNewProcess()(addRequest(2, [3]));
    expect((await snapshotStore.read('aggregate/account/account-1')).snapshot?.eventCount).toBe(2);
    const otherFacts = (): number => 99;
    expect(await handlerOfNewProcess()(addRequest(1, [1, 2], otherFacts))).toEqual(first);
    expect(await handlerOfNewProcess()(addRequest(3, [4]))).toMatchObject({
      events: [{ data: { seen: 6 } }],
    });
  });

  it('is not kept by a load that began before its stream was erased', async () => {
    const aging = createAgingStore();
    const snapshotStore = createInMemorySnapshotStore();
    await aging.append('a', [added(1)]);
    const store = eraseWithSnapshots(aging.store(), snapshotStore);
    const slow: Pick<EventStore, 'readStream'> = {
      readStream: async (...request) => {
        const page = await aging.store().readStream(...request);
        await store.eraseStream('a');
        return page;
      },
    };
    const loaded = await loadAggregate(slow, 'a', { ...options, snapshots: snapshotsIn(snapshotStore, 1) });
    expect(loaded.state).toBe(1);
    expect(await snapshotStore.read('aggregate/account/a')).toEqual({ snapshot: undefined, epoch: 1 });
  });
});

describe('when the snapshot store or the codec fails', () => {
  const failing = (): Promise<never> => Promise.reject(new Error('no snapshots today'));
  const broken: SnapshotStore = { read: failing, write: failing, removeAll: failing, close: failing };

  it.each<[what: string, snapshotStore: SnapshotStore, encode: () => unknown]>([
    ['everything', broken, () => 1],
    ['writing', { ...createInMemorySnapshotStore(), write: failing }, () => 1],
    ['encoding', createInMemorySnapshotStore(), () => 1n],
  ])('the load goes on, and says what happened (%s)', async (_, snapshotStore, encode) => {
    const store = createInMemoryEventStore();
    await store.append('a', 'no-stream', [added(1), added(2)]);
    const failures: unknown[] = [];
    const snapshots = createAggregateSnapshots<number>({
      ...{ snapshotStore, name: 'account', everyEvents: 1 },
      version: 1,
      codec: { encode, decode: (json) => t.number.decode(json) },
      onFailure: (error) => {
        failures.push(error);
        throw new Error('the listener fails, too');
      },
    });
    expect((await loadAggregate(store, 'a', { ...options, snapshots })).state).toBe(3);
    expect(failures.length).toBeGreaterThan(0);
  });

  it.each<Partial<Parameters<typeof createAggregateSnapshots<number>>[0]>>([
    { name: 'Account' },
    { name: 'a/b' },
    { name: '' },
    { everyEvents: 0 },
    { everyEvents: 1.5 },
  ])('refuses %j', (wrong) => {
    const right = { snapshotStore: broken, name: 'account', version: 1, codec: t.number };
    expect(() => createAggregateSnapshots({ ...right, ...wrong })).toThrow(RangeError);
  });
});
