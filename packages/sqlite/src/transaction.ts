import type { SqliteDatabase } from './driver';
import { isBusy } from './sqlite-code';

/** COMMIT itself failed for another reason than a lock: what was written may be there after a restart, or may not. */
export class CommitFault extends Error {
  override readonly name = 'CommitFault';
}

/** Something that is called within a transaction called the store back; nothing was done for that call. */
class NestedTransactionError extends Error {
  override readonly name = 'NestedTransactionError';
  readonly code = 'nested-transaction';
}

/** The connections that are within a transaction at this moment. */
const busy = new WeakSet<SqliteDatabase>();

/** Runs work in a transaction: all of it happens, or nothing. */
export type Transaction = <T>(work: () => T) => T;

/**
 * Write transactions of one connection. They take the write lock at once (BEGIN IMMEDIATE): one that begins as a
 * reader and writes later fails as soon as another process has written in between, however long it waits.
 */
export const writeTransactionOf = (database: SqliteDatabase): Transaction => {
  const begin = database.prepare('BEGIN IMMEDIATE');
  return transactionOf(database, () => void begin.run());
};

/** Read transactions of one connection: all reads within one see the same state. */
export const readTransactionOf = (database: SqliteDatabase): Transaction => {
  const begin = database.prepare('BEGIN DEFERRED');
  return transactionOf(database, () => void begin.run());
};

/** A part of a transaction that can be undone while the rest of it goes on. */
export interface Savepoint {
  readonly set: () => void;
  /** Keeps what was done since `set`. */
  readonly release: () => void;
  /** Takes back what was done since `set`. Fails when SQLite has given up the whole transaction meanwhile. */
  readonly undo: () => void;
}

/** The savepoint of one connection: one at a time, within a write transaction. */
export const savepointOf = (database: SqliteDatabase): Savepoint => {
  const set = database.prepare('SAVEPOINT part');
  const release = database.prepare('RELEASE part');
  const undo = database.prepare('ROLLBACK TO part');
  return {
    set: () => void set.run(),
    release: () => void release.run(),
    undo: () => {
      undo.run();
      // What was rolled back to stays open until it is released.
      release.run();
    },
  };
};

const transactionOf = (database: SqliteDatabase, begin: () => void): Transaction => {
  const commit = database.prepare('COMMIT');

  const rollBack = (): void => {
    try {
      database.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself already, as it does after most failures of the disk.
    }
  };

  const commitOrRollBack = (): void => {
    try {
      commit.run();
    } catch (cause) {
      rollBack();
      if (isBusy(cause)) throw cause;
      throw new CommitFault('SQLite could not finish a transaction.', { cause });
    }
  };

  return (work) => {
    // To begin would fail, and to roll that back would undo what was there before.
    if (busy.has(database)) {
      throw new NestedTransactionError(
        'Expected no call of a store from within its own transaction, as by a projection, a codec or a clock. ' +
          'Call it afterwards.',
      );
    }
    busy.add(database);
    try {
      // Within: a driver that reports a failure of BEGIN after the fact must not leave a transaction open for ever.
      begin();
      const result = work();
      commitOrRollBack();
      return result;
    } catch (error) {
      rollBack();
      throw error;
    } finally {
      busy.delete(database);
    }
  };
};
