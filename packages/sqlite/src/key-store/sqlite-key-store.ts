import {
  assertKeyParent,
  assertKeyPath,
  KeyStoreError,
  type Fence,
  type KeyDestruction,
  type KeyPath,
  type KeyReading,
  type KeyStore,
} from '@mandate/vault';
import { openDatabaseFile } from '../database-file';
import { openSqliteDatabase, type OpenSqliteDatabase, type SqliteDatabase } from '../driver';
import { readTransactionOf, writeTransactionOf } from '../transaction';
import { closeTidily, truncatorOf } from '../write-ahead-log';
import { keyCensusIn } from './key-census';
import { keyFencesIn } from './key-fences';
import { prepareKeyTables } from './key-schema';
import { keyWriterOn } from './key-writer';
import { asKeyStoreError, callsOfKeyStore } from './key-store-fault';
import { storedKeysIn } from './stored-keys';

export interface SqliteKeyStoreOptions {
  /**
   * The path of the file, which is created if need be. A file of its own, apart from the events and apart from all
   * backups of the data: a key that is restored together with its data has not been destroyed.
   */
  readonly file: string;
  /** How long a call waits, and holds up its process, while another process writes. Default 5,000 ms. */
  readonly busyTimeoutMs?: number;
  /** Another driver than `@photostructure/sqlite`. */
  readonly openDatabase?: OpenSqliteDatabase;
}

const open = async ({
  file,
  busyTimeoutMs = 5000,
  openDatabase,
}: SqliteKeyStoreOptions): Promise<SqliteDatabase> => {
  try {
    return await openDatabaseFile(
      // A fence that a power cut takes back would bring an erased key back: never less than full here.
      { file, synchronous: 'full', busyTimeoutMs, openDatabase: openDatabase ?? openSqliteDatabase },
      prepareKeyTables,
    );
  } catch (error) {
    throw asKeyStoreError(error);
  }
};

const storeOn = (database: SqliteDatabase): KeyStore => {
  const keys = storedKeysIn(database);
  const fences = keyFencesIn(database);
  const census = keyCensusIn(database);
  const writer = keyWriterOn(keys, fences);
  const writing = writeTransactionOf(database);
  const reading = readTransactionOf(database);
  const truncate = truncatorOf(database);
  const { call, close } = callsOfKeyStore(() => {
    closeTidily(database);
  });

  const read = (path: KeyPath): KeyReading => {
    const erased = fences.erasureOf(path);
    if (erased !== undefined) return erased;
    const chain = keys.chainOf(path);
    if (chain === undefined) return { state: 'never-known' };
    return { state: 'active', chain, frozenAt: fences.freezeOf(path[0])?.frozenAt ?? null };
  };

  const requireFence = (path: KeyPath): Fence => {
    const fence = fences.get(path);
    if (fence !== undefined) return fence;
    throw new KeyStoreError(
      'not-fenced',
      'keys are destroyed only after a fence was written for the same path',
    );
  };

  const destroy = (path: KeyPath, at: string): KeyDestruction => {
    const { fenceRevision, destruction } = requireFence(path);
    if (destruction !== null) return { path, fenceRevision, ...destruction };
    const keysDestroyed = census.count(path);
    keys.destroy(path);
    fences.recordDestruction(path, at, keysDestroyed);
    return { path, fenceRevision, destroyedAt: at, keysDestroyed };
  };

  const requireBytesGone = (): void => {
    if (truncate()) return;
    const message =
      'the keys are destroyed, but another process reads the file, and its write-ahead log still holds them';
    throw new KeyStoreError('unavailable', message);
  };

  const checkPaths = (items: readonly { readonly path: KeyPath }[]): void => {
    for (const { path } of items) assertKeyPath(path);
  };

  return {
    read: (path) =>
      call(() => {
        assertKeyPath(path);
        return reading(() => read(path));
      }),
    revision: () => call(() => fences.revision()),
    create: (newKeys) =>
      call(() => {
        checkPaths(newKeys);
        return writing(() => newKeys.map((key) => writer.create(key)));
      }),
    replace: (replacements) =>
      call(() => {
        checkPaths(replacements);
        const outcomes = writing(() => replacements.map((replacement) => writer.replace(replacement)));
        // The old bytes should go as well; when a reader is in the way, with the next checkpoint.
        truncate();
        return outcomes;
      }),
    fence: (path, at) =>
      call(() => {
        assertKeyPath(path);
        return writing(() => {
          if (fences.get(path) === undefined) fences.add(path, at);
          return requireFence(path);
        });
      }),
    destroy: (path, at) =>
      call(() => {
        assertKeyPath(path);
        const destruction = writing(() => destroy(path, at));
        // Also for a repetition: the first attempt may have ended between the commit and this.
        requireBytesGone();
        return destruction;
      }),
    countKeys: (path) =>
      call(() => {
        assertKeyPath(path);
        return census.count(path);
      }),
    listKeys: (parent, page) =>
      call(() => {
        assertKeyParent(parent);
        return census.list(parent, page);
      }),
    listFences: (page) => call(() => fences.list(page)),
    reapplyFences: (records) =>
      call(() => {
        checkPaths(records);
        return writing(() => {
          const isNew = records.map((record) => {
            if (fences.get(record.path) !== undefined) return false;
            fences.addAgain(record);
            return true;
          });
          return isNew.filter(Boolean).length;
        });
      }),
    freeze: (contractId, at) =>
      call(() => {
        assertKeyPath([contractId]);
        return writing(() => {
          const known = fences.freezeOf(contractId);
          if (known !== undefined) return known;
          const freeze = { contractId, frozenAt: at };
          fences.addFreeze(freeze);
          return freeze;
        });
      }),
    close,
  };
};

/**
 * Opens a key store in one SQLite file, which any number of processes on one machine may share. Destroyed keys leave
 * the file and its write-ahead log before `destroy` resolves.
 *
 * Throws a `SqliteOpenError` for a file that must not be used, above all one that holds events, and a
 * `KeyStoreError` when the file is locked (`unavailable`) or damaged (`corrupt`).
 */
export const openSqliteKeyStore = async (options: SqliteKeyStoreOptions): Promise<KeyStore> => {
  const database = await open(options);
  try {
    return storeOn(database);
  } catch (error) {
    database.close();
    throw asKeyStoreError(error);
  }
};
