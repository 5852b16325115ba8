import type { CreateProjectionStoreHarness } from '@mandate/event-sourcing/testing';
import {
  openSqliteProjectionStore,
  type SqliteProjectionStoreOptions,
} from '../projection-store/sqlite-projection-store';
import { createTemporaryFolder } from './temporary-folder';

/** Projection stores in a file of their own, opened as often as a test wants. */
export const projectionFileHarness =
  (options: Partial<SqliteProjectionStoreOptions> = {}): CreateProjectionStoreHarness =>
  async () => {
    const folder = await createTemporaryFolder();
    return {
      sharesData: true,
      open: () => openSqliteProjectionStore({ file: folder.pathOf('projections.db'), ...options }),
      dispose: folder.remove,
    };
  };

/** Projection stores in memory, each apart from every other. */
export const projectionMemoryHarness =
  (options: Partial<SqliteProjectionStoreOptions> = {}): CreateProjectionStoreHarness =>
  () =>
    Promise.resolve({
      sharesData: false,
      open: () => openSqliteProjectionStore({ file: ':memory:', ...options }),
      dispose: () => Promise.resolve(),
    });
