import type { SqliteDatabase } from '../driver';
import { migrate, type Schema } from '../schema';

/**
 * Texts that come from outside are kept as `storedText` writes them. Epochs are counted for all generations together,
 * so that none comes back when a generation is removed and begun anew.
 */
const tables = `
  CREATE TABLE projection_generation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    generation INTEGER NOT NULL,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    is_live INTEGER NOT NULL DEFAULT 0,
    position TEXT,
    epoch INTEGER NOT NULL DEFAULT 0,
    holder TEXT,
    held_until TEXT,
    failure_code TEXT,
    failure_attempts INTEGER,
    failure_retry_at TEXT,
    CONSTRAINT one_generation_per_number UNIQUE (name, generation)
  ) STRICT;

  CREATE UNIQUE INDEX one_live_generation ON projection_generation (name) WHERE is_live <> 0;

  CREATE TABLE projection_document (
    generation_id INTEGER NOT NULL,
    partition TEXT NOT NULL,
    key TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (generation_id, partition, key)
  ) STRICT;

  CREATE TABLE projection_parked_event (
    generation_id INTEGER NOT NULL,
    partition TEXT NOT NULL,
    position TEXT NOT NULL,
    after TEXT,
    stream TEXT NOT NULL,
    type TEXT NOT NULL,
    reason TEXT NOT NULL,
    held INTEGER NOT NULL,
    PRIMARY KEY (generation_id, partition)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE projection_epoch (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    last INTEGER NOT NULL
  ) STRICT;

  INSERT INTO projection_epoch (only_one, last) VALUES (1, 0);
`;

const projectionSchema: Schema = {
  component: 'projections',
  migrations: [tables],
  apartFrom: ['keys', 'snapshots'],
};

/** Creates or migrates the tables of a projection store, in a file of their own or beside those of events. */
export const prepareProjectionTables = (database: SqliteDatabase): void => {
  migrate(database, projectionSchema);
};
