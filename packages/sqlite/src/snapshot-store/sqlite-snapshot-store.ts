import { EventStoreError, type Snapshot, type SnapshotStore } from '@mandate/event-sourcing';
import { openDatabaseFile, type Synchronous } from '../database-file';
import { openSqliteDatabase, type OpenSqliteDatabase, type SqliteDatabase } from '../driver';
import { asEventStoreError, callsOfEventStore } from '../event-store/store-fault';
import { storedText } from '../projection-store/stored-text';
import { readTransactionOf, writeTransactionOf } from '../transaction';
import { closeTidily, truncatorOf } from '../write-ahead-log';
import { prepareSnapshotTables } from './snapshot-schema';

export interface SqliteSnapshotStoreOptions {
  /**
   * The path of a file for snapshots only, which is created if need be, or `:memory:` for a store that ends with its
   * handle. It needs no backup: when it is gone, the next folds begin at the first event.
   */
  readonly file: string;
  /** Default `normal`: a power cut can take back the last snapshots, and costs some reading with them. */
  readonly synchronous?: Synchronous;
  /**
   * How long a call waits, and holds up its process, while another process writes. Default 50 ms: a snapshot that is
   * not kept is no loss, and a command should not wait for it.
   */
  readonly busyTimeoutMs?: number;
  /** Another driver than `@photostructure/sqlite`. */
  readonly openDatabase?: OpenSqliteDatabase;
}

const open = async (options: SqliteSnapshotStoreOptions): Promise<SqliteDatabase> => {
  const { file, synchronous = 'normal', busyTimeoutMs = 50, openDatabase = openSqliteDatabase } = options;
  try {
    return await openDatabaseFile({ file, synchronous, busyTimeoutMs, openDatabase }, prepareSnapshotTables);
  } catch (error) {
    throw asEventStoreError(error);
  }
};

const prepareStatements = (database: SqliteDatabase) => ({
  epoch: database.prepare('SELECT epoch FROM snapshot_epoch'),
  read: database.prepare(
    `SELECT definition_version AS definitionVersion, event_count AS eventCount, last_event_id AS lastEventId,
        position, content, digest
      FROM snapshot WHERE name = ?`,
  ),
  write: database.prepare(
    `INSERT OR REPLACE INTO snapshot
        (name, definition_version, event_count, last_event_id, position, content, digest)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
  removeAll: database.prepare('DELETE FROM snapshot'),
  raiseEpoch: database.prepare('UPDATE snapshot_epoch SET epoch = epoch + 1'),
});

const storeOn = (database: SqliteDatabase): SnapshotStore => {
  const statements = prepareStatements(database);
  const writing = writeTransactionOf(database);
  const reading = readTransactionOf(database);
  const truncate = truncatorOf(database);
  const { call, close } = callsOfEventStore(() => {
    closeTidily(database);
  });

  const epochNow = (): number => (statements.epoch.get() as { readonly epoch: number }).epoch;

  const find = (name: string): Snapshot | undefined => {
    const row = statements.read.get(storedText(name)) as Snapshot | undefined;
    // An object of our own: one made by the native module has no prototype.
    return row === undefined ? undefined : { ...row };
  };

  const write = (name: string, snapshot: Snapshot, epoch: number): boolean => {
    if (epoch !== epochNow()) return false;
    const { definitionVersion, eventCount, lastEventId, position, content, digest } = snapshot;
    statements.write.run(
      ...[storedText(name), definitionVersion, eventCount, lastEventId, position, content, digest],
    );
    return true;
  };

  const removeAll = (): void => {
    writing(() => {
      statements.removeAll.run();
      statements.raiseEpoch.run();
    });
    // With secure_delete every page that the table had is overwritten, and so is what its rows left behind in them when
    // they moved. The log is another place.
    if (truncate()) return;
    throw new EventStoreError({
      kind: 'unavailable',
      retryable: true,
      reason:
        'the snapshots are removed, but another process reads the file, and its write-ahead log still holds their bytes',
    });
  };

  return {
    read: (name) => call(() => reading(() => ({ snapshot: find(name), epoch: epochNow() }))),
    write: (name, snapshot, epoch) => call(() => writing(() => write(name, snapshot, epoch))),
    removeAll: () => call(removeAll),
    close,
  };
};

/**
 * Opens a snapshot store in a SQLite file of its own, which any number of processes on one machine may share.
 *
 * Throws a `SqliteOpenError` for a file that must not be used (of a newer schema, of another program, one that holds
 * events, projections or keys), and an `EventStoreError` of kind `unavailable` when the file is locked or the disk
 * fails.
 */
export const openSqliteSnapshotStore = async (
  options: SqliteSnapshotStoreOptions,
): Promise<SnapshotStore> => {
  const database = await open(options);
  try {
    return storeOn(database);
  } catch (error) {
    database.close();
    throw asEventStoreError(error);
  }
};
