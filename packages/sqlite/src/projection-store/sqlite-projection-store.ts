import {
  EventStoreError,
  type DocumentKey,
  type Generation,
  type ProjectionStore,
  type StoredDocument,
} from '@mandate/event-sourcing';
import { openDatabaseFile, type Synchronous } from '../database-file';
import { openSqliteDatabase, type OpenSqliteDatabase, type SqliteDatabase } from '../driver';
import { asEventStoreError } from '../event-store/store-fault';
import { readTransactionOf, writeTransactionOf } from '../transaction';
import { closeTidily } from '../write-ahead-log';
import { generationOf } from './projection-rows';
import { prepareProjectionTables } from './projection-schema';
import { storedDocumentsIn } from './stored-documents';
import { storedGenerationsIn } from './stored-generations';
import { storedParkedEventsIn } from './stored-parked-events';

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

const storeOn = (database: SqliteDatabase): ProjectionStore => {
  const generations = storedGenerationsIn(database);
  const documents = storedDocumentsIn(database);
  const parkedEvents = storedParkedEventsIn(database);
  const writing = writeTransactionOf(database);
  const reading = readTransactionOf(database);
  let isClosed = false;

  /** One call of the port: everything happens at once, and every failure is the rejection of a promise. */
  const call = <T>(work: () => T): Promise<T> =>
    new Promise((resolve) => {
      if (isClosed) throw new EventStoreError({ kind: 'store-closed' });
      try {
        resolve(work());
      } catch (error) {
        throw asEventStoreError(error);
      }
    });

  const all = (): readonly Generation[] => {
    const waiting = parkedEvents.all();
    return generations.all().map((row) =>
      generationOf(
        row,
        waiting.filter(({ generationId }) => generationId === row.id),
      ),
    );
  };

  const read = (name: string, key: DocumentKey): StoredDocument => {
    const live = generations.findLive(name);
    if (live === undefined) return { state: 'unknown' };
    const { position } = generationOf(live, []);
    const parked = parkedEvents.in(live, key.partition);
    if (parked !== undefined) return { state: 'parked', parked };
    const document = documents.get(live, key);
    return document === undefined ? { state: 'absent', position } : { state: 'found', document, position };
  };

  return {
    generations: () => call(() => reading(all)),

    create: (id, version) => call(() => writing(() => generations.create(id, version))),

    claim: (id, claim) =>
      call(() =>
        writing(() => {
          const row = generations.claim(id, claim);
          return row === undefined ? undefined : generationOf(row, parkedEvents.of(row.id));
        }),
      ),

    release: (id, epoch) =>
      call(() => {
        writing(() => {
          generations.release(id, epoch);
        });
      }),

    load: (id, keys) =>
      call(() =>
        reading(() => {
          const generation = generations.find(id);
          if (generation === undefined) return keys.map(() => undefined);
          // Of a row that makes no sense nothing is told.
          generationOf(generation, []);
          return keys.map((key) => documents.get(generation, key));
        }),
      ),

    commit: (id, commit) =>
      call(() =>
        writing(() => {
          const generationId = generations.moveOn(id, commit);
          if (generationId === undefined) return false;
          documents.change(generationId, commit.documents);
          parkedEvents.change(generationId, commit);
          return true;
        }),
      ),

    setStatus: (id, epoch, change) => call(() => writing(() => generations.setStatus(id, epoch, change))),

    makeLive: (id, epoch) => call(() => writing(() => generations.makeLive(id, epoch))),

    remove: (id) =>
      call(() =>
        writing(() => {
          const generationId = generations.remove(id);
          if (generationId === undefined) return generations.find(id) === undefined;
          documents.removeAll(generationId);
          parkedEvents.removeAll(generationId);
          return true;
        }),
      ),

    read: (name, key) => call(() => reading(() => read(name, key))),

    close: () => {
      if (!isClosed) {
        isClosed = true;
        closeTidily(database);
      }
      return Promise.resolve();
    },
  };
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
    return storeOn(database);
  } catch (error) {
    database.close();
    throw asEventStoreError(error);
  }
};
