import type { SqliteDatabase } from '../driver';
import { migrate, type Schema } from '../schema';

/** Names are kept as `storedText` writes them. */
const tables = `
  CREATE TABLE snapshot (
    name TEXT NOT NULL PRIMARY KEY,
    definition_version INTEGER NOT NULL,
    event_count INTEGER NOT NULL,
    last_event_id TEXT NOT NULL,
    position TEXT NOT NULL,
    content TEXT NOT NULL,
    digest TEXT NOT NULL
  ) STRICT;

  CREATE TABLE snapshot_epoch (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    epoch INTEGER NOT NULL
  ) STRICT;

  INSERT INTO snapshot_epoch (only_one, epoch) VALUES (1, 0);
`;

/** Alone in their file, which needs no backup and may be deleted at any time. */
const snapshotSchema: Schema = {
  component: 'snapshots',
  migrations: [tables],
  apartFrom: ['events', 'projections', 'leases', 'keys'],
};

/** Creates or migrates the tables of a snapshot store, in a file of their own. */
export const prepareSnapshotTables = (database: SqliteDatabase): void => {
  migrate(database, snapshotSchema);
};
