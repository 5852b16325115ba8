import { type LeaseAnswer, type LeaseClaim, type LeaseStore } from '@mandate/event-sourcing';
import { openDatabaseFile } from '../database-file';
import { openSqliteDatabase, type OpenSqliteDatabase, type SqliteDatabase } from '../driver';
import { asEventStoreError, callsOfEventStore } from '../event-store/store-fault';
import { writeTransactionOf } from '../transaction';
import { closeTidily } from '../write-ahead-log';
import { leaseOf, type LeaseRow } from './lease-row';
import { prepareLeaseTable } from './lease-schema';
import { storedLeasesIn } from './stored-leases';

export interface SqliteLeaseStoreOptions {
  /**
   * The path of the file, which is created if need be, or `:memory:` for a store that ends with its handle. It may be
   * the file of the event store; never that of the keys.
   */
  readonly file: string;
  /** How long a call waits, and holds up its process, while another process writes. Default 1,000 ms. */
  readonly busyTimeoutMs?: number;
  /** Another driver than `@photostructure/sqlite`. */
  readonly openDatabase?: OpenSqliteDatabase;
}

const open = async (options: SqliteLeaseStoreOptions): Promise<SqliteDatabase> => {
  const { file, busyTimeoutMs = 1000, openDatabase = openSqliteDatabase } = options;
  try {
    // An epoch that a power cut took back would be given again.
    const synchronous = 'full';
    return await openDatabaseFile({ file, synchronous, busyTimeoutMs, openDatabase }, prepareLeaseTable);
  } catch (error) {
    throw asEventStoreError(error);
  }
};

const storeOn = (database: SqliteDatabase): LeaseStore => {
  const leases = storedLeasesIn(database);
  const writing = writeTransactionOf(database);
  const { call, close } = callsOfEventStore(() => {
    closeTidily(database);
  });

  const answerOf = (
    outcome: LeaseAnswer['outcome'],
    name: string,
    row: LeaseRow | undefined,
  ): LeaseAnswer => ({
    outcome,
    lease: leaseOf(name, row),
  });

  const lookBefore = (name: string, claim: LeaseClaim): LeaseAnswer | undefined => {
    const row = leases.findInTheWay(name, claim);
    return row && answerOf('held', name, row);
  };

  const acquire = (name: string, claim: LeaseClaim): LeaseAnswer => {
    const given = leases.give(name, claim);
    return given === undefined
      ? answerOf('held', name, leases.find(name))
      : answerOf('acquired', name, given);
  };

  return {
    acquire: (name, claim) =>
      // Whoever waits asks again and again, and need not keep others from writing meanwhile.
      call(() => lookBefore(name, claim) ?? writing(() => acquire(name, claim))),

    renew: (name, epoch, until) =>
      call(() => {
        const row = writing(() => leases.extend(name, epoch, until));
        return row && leaseOf(name, row);
      }),

    release: (name, epoch) =>
      call(() => {
        writing(() => {
          leases.free(name, epoch);
        });
      }),

    close,
  };
};

/**
 * Opens a lease store in one SQLite file, which any number of processes on one machine may share.
 *
 * Throws a `SqliteOpenError` for a file that must not be used (of a newer schema, of another program, one that holds
 * keys), and an `EventStoreError` of kind `unavailable` when the file is locked or the disk fails.
 */
export const openSqliteLeaseStore = async (options: SqliteLeaseStoreOptions): Promise<LeaseStore> => {
  const database = await open(options);
  try {
    return storeOn(database);
  } catch (error) {
    database.close();
    throw asEventStoreError(error);
  }
};
