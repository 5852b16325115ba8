import type { SqliteDatabase } from '../driver';
import { migrate, type Schema } from '../schema';

/**
 * Names are kept as `storedText` writes them. A row is never removed, so that no epoch comes back; one without a holder
 * is free.
 */
const tables = `
  CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL,
    holder TEXT,
    held_until TEXT
  ) STRICT, WITHOUT ROWID;
`;

const leaseSchema: Schema = { component: 'leases', migrations: [tables], apartFrom: ['keys', 'snapshots'] };

/** Creates or migrates the table of a lease store, in a file of its own or beside those of events. */
export const prepareLeaseTable = (database: SqliteDatabase): void => {
  migrate(database, leaseSchema);
};
