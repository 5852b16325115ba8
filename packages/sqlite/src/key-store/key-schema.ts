import type { SqliteDatabase } from '../driver';
import { migrate, type Schema } from '../schema';

/**
 * Wrapped keys lie in slots that are only added at the end and overwritten in place, never moved or deleted: where
 * SQLite moves rows between pages it can leave a copy of the old bytes behind, even with secure_delete. Everything
 * that does move holds ids and numbers only. A level of a path that is not there is an empty text.
 */
const tables = `
  CREATE TABLE key_slot (
    slot INTEGER PRIMARY KEY AUTOINCREMENT,
    bytes BLOB NOT NULL
  ) STRICT;

  CREATE TABLE free_slot (
    size INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    PRIMARY KEY (size, slot)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE stored_key (
    contract_id TEXT NOT NULL,
    data_set_id TEXT NOT NULL,
    recipient_id TEXT NOT NULL,
    generation INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    PRIMARY KEY (contract_id, data_set_id, recipient_id)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX contract_key ON stored_key (contract_id) WHERE data_set_id = '';
  CREATE INDEX data_set_key ON stored_key (contract_id, data_set_id) WHERE recipient_id = '';

  CREATE TABLE fence (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
    contract_id TEXT NOT NULL,
    data_set_id TEXT NOT NULL,
    recipient_id TEXT NOT NULL,
    fence_revision INTEGER NOT NULL,
    fenced_at TEXT NOT NULL,
    destroyed_at TEXT,
    contracts INTEGER NOT NULL DEFAULT 0,
    data_sets INTEGER NOT NULL DEFAULT 0,
    recipients INTEGER NOT NULL DEFAULT 0,
    UNIQUE (contract_id, data_set_id, recipient_id)
  ) STRICT;

  CREATE TABLE frozen_contract (
    contract_id TEXT PRIMARY KEY,
    frozen_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE key_store (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    revision INTEGER NOT NULL,
    last_fence_revision INTEGER NOT NULL
  ) STRICT;

  INSERT INTO key_store (only_one, revision, last_fence_revision) VALUES (1, 0, 0);
`;

const keySchema: Schema = {
  component: 'keys',
  migrations: [tables],
  apartFrom: ['events', 'projections', 'leases', 'snapshots'],
};

/** Creates or migrates the tables of a key store. */
export const prepareKeyTables = (database: SqliteDatabase): void => {
  migrate(database, keySchema);
};
