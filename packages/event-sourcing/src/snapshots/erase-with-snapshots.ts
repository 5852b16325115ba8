import { changedEventStore } from '../event-store/changed-event-store';
import type { EventStore } from '../event-store/event-store';
import type { SnapshotStore } from './snapshot-store';

/**
 * The same store, whose `eraseStream` also removes all snapshots: what was folded from an erased stream goes with it.
 * It is done when both are; when either fails, repeat it. Snapshots are lost with it, no events: the next folds
 * begin at the first event.
 */
export const eraseWithSnapshots = <Store extends EventStore>(
  store: Store,
  snapshotStore: Pick<SnapshotStore, 'removeAll'>,
): Store =>
  changedEventStore(store, {
    eraseStream: async (stream) => {
      try {
        await store.eraseStream(stream);
      } finally {
        // Also when erasing has failed: it may have got far enough for the events to be gone.
        await snapshotStore.removeAll();
      }
    },
  });
