import { describe, expect, it } from '@jest/globals';
import { EventStoreError } from '../event-store/event-store-error';
import { createInMemorySnapshotStore } from '../snapshots/in-memory-snapshot-store';
import type { Snapshot, SnapshotStore } from '../snapshots/snapshot-store';
import { newSnapshot, type CreateSnapshotStoreHarness } from './snapshot-conformance-test';
import { snapshotStoreConformance, snapshotStoreConformanceTests } from './snapshot-store-conformance';

const harnessOf =
  (createStore: () => SnapshotStore, sharesData = false): CreateSnapshotStoreHarness =>
  () =>
    Promise.resolve({
      sharesData,
      open: () => Promise.resolve(createStore()),
      dispose: () => Promise.resolve(),
    });

snapshotStoreConformance({ describe, it }, 'in-memory', {
  createHarness: harnessOf(createInMemorySnapshotStore),
});

const titlesPassed = async (createHarness: CreateSnapshotStoreHarness): Promise<readonly string[]> => {
  const passed: string[] = [];
  for (const { title, run } of snapshotStoreConformanceTests) {
    await run({ createHarness }).then(
      () => passed.push(title),
      () => undefined,
    );
  }
  return passed;
};

const idle = (answer: boolean, snapshot: Snapshot | undefined): SnapshotStore => ({
  read: () => Promise.resolve({ snapshot, epoch: 0 }),
  write: () => Promise.resolve(answer),
  removeAll: () => Promise.resolve(),
  close: () => Promise.resolve(),
});

const refuse = (): Promise<never> =>
  Promise.reject(new EventStoreError({ kind: 'not-supported', operation: 'anything' }));

const refusing: SnapshotStore = {
  ...{ read: refuse, write: refuse, removeAll: refuse },
  close: () => Promise.resolve(),
};

type Mutate = (store: SnapshotStore) => Partial<SnapshotStore>;

const mistakes: readonly (readonly [what: string, mutate: Mutate])[] = [
  [
    'keeps one snapshot for all names',
    (store) => ({
      read: () => store.read('any'),
      write: (_, ...request) => store.write('any', ...request),
    }),
  ],
  [
    'takes names in any case',
    (store) => ({
      read: (name) => store.read(name.toLowerCase()),
      write: (name, ...request) => store.write(name.toLowerCase(), ...request),
    }),
  ],
  [
    'cuts names off at a zero',
    (store) => ({
      read: (name) => store.read(name.split('\0')[0] ?? name),
      write: (name, ...request) => store.write(name.split('\0')[0] ?? name, ...request),
    }),
  ],
  [
    'keeps the first snapshot of a name',
    (store) => ({
      write: async (name, snapshot, epoch) =>
        (await store.read(name)).snapshot === undefined ? store.write(name, snapshot, epoch) : true,
    }),
  ],
  [
    'does not heed the epoch',
    (store) => ({
      write: async (name, snapshot) => store.write(name, snapshot, (await store.read(name)).epoch),
    }),
  ],
  [
    'takes every epoch that is not over',
    (store) => ({
      write: async (name, snapshot, epoch) => {
        const now = (await store.read(name)).epoch;
        return store.write(name, snapshot, epoch > now ? now : epoch);
      },
    }),
  ],
  [
    'refuses without saying so',
    (store) => ({
      write: async (...request) => (await store.write(...request)) || true,
    }),
  ],
  [
    'removes without raising the epoch',
    (store) => {
      const names = new Set<string>();
      return {
        read: async (name) => {
          const reading = await store.read(name);
          return names.has(name) ? reading : { ...reading, snapshot: undefined };
        },
        write: async (name, ...request) => {
          names.add(name);
          return store.write(name, ...request);
        },
        removeAll: () => {
          names.clear();
          return Promise.resolve();
        },
      };
    },
  ],
  ['removes nothing', () => ({ removeAll: () => Promise.resolve() })],
  ['goes on after it was closed', () => ({ close: () => Promise.resolve() })],
  [
    'cuts large snapshots off',
    (store) => ({
      write: (name, snapshot, epoch) =>
        store.write(name, { ...snapshot, content: snapshot.content.slice(0, 65_536) }, epoch),
    }),
  ],
  [
    'keeps what the caller changes afterwards',
    (store) => ({
      write: async (name, snapshot, epoch) => {
        await Promise.resolve();
        return store.write(name, snapshot, epoch);
      },
    }),
  ],
];

describe('the conformance suite of snapshot stores', () => {
  it('gives every test a name of its own', () => {
    const titles = snapshotStoreConformanceTests.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it.each([
    ['says yes and does nothing', idle(true, undefined)],
    ['says no and does nothing', idle(false, undefined)],
    ['says yes and has one snapshot for ever', idle(true, newSnapshot('a'))],
    ['refuses everything', refusing],
  ])('holds no test that a store passes which %s', async (_, store) => {
    expect(await titlesPassed(harnessOf(() => store))).toEqual([]);
    expect(await titlesPassed(harnessOf(() => store, true))).toEqual([]);
  });

  it.each(mistakes)('finds out a store that %s', async (_, mutate) => {
    const createHarness = harnessOf(() => {
      const store = createInMemorySnapshotStore();
      return { ...store, ...mutate(store) };
    });
    const passed = await titlesPassed(createHarness);
    expect(passed.length).toBeLessThan(snapshotStoreConformanceTests.length);
    expect(passed.length).toBeGreaterThan(0);
  });

  it('finds out handles that share nothing though they should, and the other way round', async () => {
    const apart = await titlesPassed(harnessOf(createInMemorySnapshotStore, true));
    expect(apart.length).toBeLessThan(snapshotStoreConformanceTests.length);
    const together = await titlesPassed(() => {
      const store = createInMemorySnapshotStore();
      return harnessOf(() => ({ ...store, close: () => Promise.resolve() }))();
    });
    expect(together.length).toBeLessThan(snapshotStoreConformanceTests.length);
  });
});
