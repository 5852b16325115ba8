import type { CreateLeaseStoreHarness } from '@mandate/event-sourcing/testing';
import { openSqliteLeaseStore, type SqliteLeaseStoreOptions } from '../lease-store/sqlite-lease-store';
import { createTemporaryFolder } from './temporary-folder';

/** Lease stores in a file of their own, opened as often as a test wants. */
export const leaseFileHarness =
  (options: Partial<SqliteLeaseStoreOptions> = {}): CreateLeaseStoreHarness =>
  async () => {
    const folder = await createTemporaryFolder();
    return {
      sharesData: true,
      open: () => openSqliteLeaseStore({ file: folder.pathOf('leases.db'), ...options }),
      dispose: folder.remove,
    };
  };

/** Lease stores in memory, each apart from every other. */
export const leaseMemoryHarness =
  (options: Partial<SqliteLeaseStoreOptions> = {}): CreateLeaseStoreHarness =>
  () =>
    Promise.resolve({
      sharesData: false,
      open: () => openSqliteLeaseStore({ file: ':memory:', ...options }),
      dispose: () => Promise.resolve(),
    });
