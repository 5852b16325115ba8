import { randomUUID } from 'node:crypto';
import type { StoreId } from '@mandate/event-sourcing';
import { openDatabaseFile } from '../database-file';
import { openSqliteDatabase, type OpenSqliteDatabase } from '../driver';
import { writeTransactionOf } from '../transaction';
import { closeTidily } from '../write-ahead-log';
import { prepareEventTables } from './event-schema';
import { asEventStoreError } from './store-fault';

export interface RenewSqliteStoreIdOptions {
  readonly file: string;
  /** Another driver than `@photostructure/sqlite`. */
  readonly openDatabase?: OpenSqliteDatabase;
}

/**
 * Gives a store that was restored from a backup, or copied for another use, an identity of its own. From then on
 * every checkpoint that was made before is refused as `foreign-position`, instead of passing over the events that
 * take the places of those the backup did not have. Call it while no process has the file open.
 *
 * Throws as `openSqliteEventStore` does. Answers the new identity.
 */
export const renewSqliteStoreId = async (options: RenewSqliteStoreIdOptions): Promise<StoreId> => {
  const { file, openDatabase = openSqliteDatabase } = options;
  const storeId = randomUUID() as string as StoreId;
  try {
    const database = await openDatabaseFile(
      { file, synchronous: 'full', busyTimeoutMs: 5000, openDatabase },
      prepareEventTables,
    );
    try {
      const renew = database.prepare('UPDATE event_store SET store_id = ?');
      writeTransactionOf(database)(() => renew.run(storeId));
    } finally {
      closeTidily(database);
    }
  } catch (error) {
    throw asEventStoreError(error);
  }
  return storeId;
};
