import assert from 'node:assert/strict';
import type { Snapshot, SnapshotStore } from '../snapshots/snapshot-store';
import type { TestRunner } from './conformance-test';
import { refusesWith } from './conformance/refusal';
import {
  newSnapshot,
  testOnSnapshots,
  type SnapshotStoreConformanceOptions,
  type SnapshotStoreConformanceTest,
} from './snapshot-conformance-test';

const epochOf = async (store: SnapshotStore): Promise<number> => (await store.read('none')).epoch;

const keep = async (store: SnapshotStore, name: string, state?: unknown): Promise<Snapshot> => {
  const snapshot = newSnapshot(name, state);
  assert.equal(await store.write(name, snapshot, await epochOf(store)), true);
  return snapshot;
};

const holds = async (store: SnapshotStore, name: string, snapshot: Snapshot | undefined): Promise<void> => {
  assert.deepEqual((await store.read(name)).snapshot, snapshot);
};

// Names and texts that a store could cut off, fold or misread.
const strange = [
  '',
  'A',
  'a ',
  'ä',
  'a%',
  'a_',
  "a'",
  'a"',
  'a\\',
  'a\0b',
  '\ud800',
  '😀',
  'a/b',
  'x'.repeat(1000),
];

/** Everything the `SnapshotStore` port promises, as tests. A store that does nothing passes none of them. */
export const snapshotStoreConformanceTests: readonly SnapshotStoreConformanceTest[] = [
  testOnSnapshots('what was kept is read as it was written', async ({ store, name }) => {
    const snapshot = await keep(store, name(), { text: strange, number: 1.5, nothing: null });
    await holds(store, name(), snapshot);
  }),

  testOnSnapshots('every name has a snapshot of its own', async ({ store, name }) => {
    const kept: (readonly [string, Snapshot])[] = [];
    for (const each of strange) kept.push([name(each), await keep(store, name(each))]);
    for (const [each, snapshot] of kept) await holds(store, each, snapshot);
    await holds(store, name('a'), undefined);
  }),

  testOnSnapshots('a later snapshot takes the place of the one before', async ({ store, name }) => {
    await keep(store, name());
    const later = await keep(store, name());
    await holds(store, name(), later);
  }),

  testOnSnapshots('a large snapshot is kept whole', async ({ store, name }) => {
    const large = await keep(store, name(), 'ä'.repeat(1_000_000));
    await holds(store, name(), large);
    await holds(store, name(), await keep(store, name(), 'small'));
  }),

  testOnSnapshots('what a caller does to a snapshot afterwards is not kept', async ({ store, name }) => {
    const snapshot = { ...newSnapshot(name()) };
    const expected = { ...snapshot };
    const writing = store.write(name(), snapshot, await epochOf(store));
    snapshot.eventCount = 7;
    assert.equal(await writing, true);
    await holds(store, name(), expected);
  }),

  testOnSnapshots('writing leaves the epoch as it is', async ({ store, name }) => {
    const epoch = await epochOf(store);
    await keep(store, name());
    assert.equal((await store.read(name())).epoch, epoch);
    const later = newSnapshot(name());
    assert.equal(await store.write(name(), later, epoch), true);
    await holds(store, name(), later);
  }),

  testOnSnapshots('removing leaves no snapshot, and raises the epoch', async ({ store, name }) => {
    const epoch = await epochOf(store);
    const snapshots = [await keep(store, name('a')), await keep(store, name('b'))];
    await holds(store, name('b'), snapshots[1]);
    await store.removeAll();
    for (const each of ['a', 'b']) await holds(store, name(each), undefined);
    assert.ok((await epochOf(store)) > epoch, 'Expected a higher epoch after removing.');
  }),

  testOnSnapshots('what began before a removal is refused, and kept nowhere', async ({ store, name }) => {
    const epoch = await epochOf(store);
    await keep(store, name());
    await store.removeAll();
    assert.equal(await store.write(name(), newSnapshot(name()), epoch), false);
    await holds(store, name(), undefined);
    const later = await keep(store, name());
    assert.equal(await store.write(name(), newSnapshot(name()), epoch), false);
    await holds(store, name(), later);
  }),

  testOnSnapshots('an epoch that is still to come is refused, too', async ({ store, name }) => {
    const epoch = await epochOf(store);
    assert.equal(await store.write(name(), newSnapshot(name()), epoch + 1), false);
    await holds(store, name(), undefined);
    assert.equal(await store.write(name(), newSnapshot(name()), epoch), true);
  }),

  testOnSnapshots('removing again, when there is nothing, does no harm', async ({ store, name }) => {
    await store.removeAll();
    await store.removeAll();
    await holds(store, name(), await keep(store, name()));
  }),

  testOnSnapshots(
    'handles share what is kept, or share nothing',
    async ({ store, open, sharesData, name }) => {
      const other = await open();
      const snapshot = await keep(store, name());
      await holds(store, name(), snapshot);
      await holds(other, name(), sharesData ? snapshot : undefined);
    },
  ),

  testOnSnapshots('a removal counts for every handle', async ({ store, open, sharesData, name }) => {
    const other = await open();
    const epoch = await epochOf(store);
    const snapshot = await keep(store, name());
    await other.removeAll();
    await holds(store, name(), sharesData ? undefined : snapshot);
    assert.equal(await store.write(name(), newSnapshot(name()), epoch), !sharesData);
  }),

  testOnSnapshots('a store that is opened again holds what it held, and its epoch', async (scenario) => {
    const { store, open, sharesData, name } = scenario;
    await store.removeAll();
    const [epoch, snapshot] = [await epochOf(store), await keep(store, name())];
    await holds(store, name(), snapshot);
    await store.close();
    const again = await open();
    await holds(again, name(), sharesData ? snapshot : undefined);
    if (sharesData) assert.equal(await epochOf(again), epoch);
  }),

  testOnSnapshots('a closed store refuses everything, and may be closed again', async ({ store, name }) => {
    const snapshot = await keep(store, name());
    await store.close();
    await store.close();
    await refusesWith(store.read(name()), 'store-closed');
    await refusesWith(store.write(name(), snapshot, 0), 'store-closed');
    await refusesWith(store.removeAll(), 'store-closed');
  }),
];

/**
 * Registers the whole suite with a test runner:
 * `snapshotStoreConformance({ describe, it }, 'SQLite', { createHarness })`.
 */
export const snapshotStoreConformance = (
  { describe, it }: TestRunner,
  storeName: string,
  options: SnapshotStoreConformanceOptions,
): void => {
  describe(`conformance of the ${storeName} snapshot store`, () => {
    for (const { title, run } of snapshotStoreConformanceTests) it(title, () => run(options));
  });
};
