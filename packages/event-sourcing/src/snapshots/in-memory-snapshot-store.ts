import { EventStoreError } from '../event-store/event-store-error';
import type { Snapshot, SnapshotStore } from './snapshot-store';

/** A snapshot store that ends with its process: for tests, and to spare long folds within one. */
export const createInMemorySnapshotStore = (): SnapshotStore => {
  const snapshots = new Map<string, Snapshot>();
  let epoch = 0;
  let isClosed = false;

  const call = async <T>(work: () => T): Promise<T> => {
    await Promise.resolve();
    if (isClosed) throw new EventStoreError({ kind: 'store-closed' });
    return work();
  };

  return {
    read: (name) => call(() => ({ snapshot: snapshots.get(name), epoch })),
    write: (name, snapshot, writtenIn) => {
      const copy = { ...snapshot };
      return call(() => {
        if (writtenIn !== epoch) return false;
        snapshots.set(name, copy);
        return true;
      });
    },
    removeAll: () =>
      call(() => {
        epoch += 1;
        snapshots.clear();
      }),
    close: async () => {
      await Promise.resolve();
      isClosed = true;
    },
  };
};
