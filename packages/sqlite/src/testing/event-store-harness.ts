import type { CreateEventStoreHarness } from '@mandate/event-sourcing/testing';
import { openSqliteEventStore, type SqliteEventStoreOptions } from '../event-store/sqlite-event-store';
import { createTemporaryFolder } from './temporary-folder';

/** Stores in a file of their own, opened as often as a test wants. */
export const fileHarness =
  (options: Partial<SqliteEventStoreOptions> = {}): CreateEventStoreHarness =>
  async (clock) => {
    const folder = await createTemporaryFolder();
    return {
      open: () => openSqliteEventStore({ file: folder.pathOf('events.db'), clock, ...options }),
      dispose: folder.remove,
    };
  };

/** Stores in memory, each apart from every other. */
export const memoryHarness: CreateEventStoreHarness = (clock) =>
  Promise.resolve({
    open: () => openSqliteEventStore({ file: ':memory:', clock }),
    dispose: () => Promise.resolve(),
  });
