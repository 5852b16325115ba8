import { projectionStoreOn, type ProjectionRecords, type ProjectionStore } from '@mandate/event-sourcing';
import { openDatabaseFile, type Synchronous } from '../database-file';
import { openSqliteDatabase, type OpenSqliteDatabase, type SqliteDatabase } from '../driver';
import { asEventStoreError, callsOfEventStore } from '../event-store/store-fault';
import { readTransactionOf, writeTransactionOf } from '../transaction';
import { closeTidily } from '../write-ahead-log';
import { projectionRecordsIn } from './projection-records';
import { prepareProjectionTables } from './projection-schema';

export interface SqliteProjectionStoreOptions {
  /**
   * The path of the file, which is created if need be, or `:memory:` for a store that ends with its handle. It may be
   * the file of the event store, so that one backup holds both; never that of the keys.
   */
  readonly file: string;
  /**
   * Default `full`: what was kept survives a power cut. With `normal` a power cut can take back the last batches, which
   * are read again then: nothing is lost with them but time.
   */
  readonly synchronous?: Synchronous;
  /** How long a call waits, and holds up its process, while another process writes. Default 5,000 ms. */
  readonly busyTimeoutMs?: number;
  /** Another driver than `@photostructure/sqlite`. */
  readonly openDatabase?: OpenSqliteDatabase;
}

const open = async (options: SqliteProjectionStoreOptions): Promise<SqliteDatabase> => {
  const { file, synchronous = 'full', busyTimeoutMs = 5000, openDatabase = openSqliteDatabase } = options;
  try {
    return await openDatabaseFile(
      { file, synchronous, busyTimeoutMs, openDatabase },
      prepareProjectionTables,
    );
  } catch (error) {
    throw asEventStoreError(error);
  }
};

/** The projection store on a database, which is closed with it if `close` does so. */
export const projectionStoreIn = (
  database: SqliteDatabase,
  { records, close }: { readonly records: ProjectionRecords; readonly close: () => void },
): ProjectionStore => {
  const writing = writeTransactionOf(database);
  const reading = readTransactionOf(database);
  const calls = callsOfEventStore(close);

  return projectionStoreOn(records, {
    reading: (work) => calls.call(() => reading(work)),
    writing: (work) => calls.call(() => writing(work)),
    close: calls.close,
  });
};

/**
 * Opens a projection store in one SQLite file, which any number of processes on one machine may share.
 *
 * Throws a `SqliteOpenError` for a file that must not be used (of a newer schema, of another program, one that holds
 * keys), and an `EventStoreError` of kind `unavailable` when the file is locked or the disk fails.
 */
export const openSqliteProjectionStore = async (
  options: SqliteProjectionStoreOptions,
): Promise<ProjectionStore> => {
  const database = await open(options);
  try {
    const close = (): void => {
      closeTidily(database);
    };
    return projectionStoreIn(database, { records: projectionRecordsIn(database), close });
  } catch (error) {
    database.close();
    throw asEventStoreError(error);
  }
};
