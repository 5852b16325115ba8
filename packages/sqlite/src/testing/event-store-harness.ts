import type { EventStore } from '@mandate/event-sourcing';
import type { CreateEventStoreHarness } from '@mandate/event-sourcing/testing';
import { openSqliteEventStore, type SqliteEventStoreOptions } from '../event-store/sqlite-event-store';
import { createMortalDriver } from './mortal-driver';
import { createTemporaryFolder } from './temporary-folder';

/** Stores in a file of their own, opened as often as a test wants, which crash as killed processes do. */
export const fileHarness =
  (options: Partial<SqliteEventStoreOptions> = {}): CreateEventStoreHarness =>
  async (clock) => {
    const folder = await createTemporaryFolder();
    const endings = new Map<EventStore, () => void>();
    return {
      open: async () => {
        const { openDatabase, kill } = createMortalDriver();
        const store = await openSqliteEventStore({
          ...{ file: folder.pathOf('events.db'), clock, openDatabase },
          ...options,
        });
        endings.set(store, kill);
        return store;
      },
      crash: (store) => {
        endings.get(store)?.();
        return Promise.resolve();
      },
      dispose: folder.remove,
    };
  };

/** Stores in memory, each apart from every other. */
export const memoryHarness: CreateEventStoreHarness = (clock) =>
  Promise.resolve({
    open: () => openSqliteEventStore({ file: ':memory:', clock }),
    dispose: () => Promise.resolve(),
  });
