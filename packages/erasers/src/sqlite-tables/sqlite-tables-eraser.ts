import type { ErasureOrder, ErasureOutcome, StoreEraser } from '@mandate/deletion';
import { systemClock, type Clock } from '@mandate/event-sourcing';
import { stat } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { failed } from '../failed';
import {
  inTransaction,
  openSqliteDatabase,
  resultCodeOf,
  type OpenSqliteDatabase,
  type SqliteDatabase,
} from './driver';
import { checkTables, erasableRows, type ErasableRows, type ErasableTable } from './erasable-tables';
import { erasureRecords, receiptOf, type ErasureRecords } from './erasure-record';

export interface SqliteTablesEraserOptions {
  readonly file: string;
  /** Every table of the file that holds rows of data sets. */
  readonly tables: readonly ErasableTable[];
  readonly clock?: Clock;
  /** How many rows one transaction removes at most; 500 unless you say otherwise. Others write in between. */
  readonly rowsPerTransaction?: number;
  /**
   * Whether the file is written anew (VACUUM) before the receipt; it is unless you say `false`. Where a page of the file
   * was divided, copies of rows stay in its unused part, and no DELETE reaches them.
   */
  readonly rewritesFile?: boolean;
  /** How long to wait for a lock that another process holds; 1000 unless you say otherwise. Nothing else runs meanwhile. */
  readonly busyTimeoutMs?: number;
  /** Another driver: `(file) => new DatabaseSync(file)` of `node:sqlite`, for example. */
  readonly openDatabase?: OpenSqliteDatabase;
}

const wholeNumber = (name: string, value: number, min: number): number => {
  if (Number.isSafeInteger(value) && value >= min) return value;
  throw new RangeError(`Expected ${name} to be a whole number, ${min} or more.`);
};

const answerOf = (database: SqliteDatabase, pragma: string): unknown =>
  Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];

/** `false`: this SQLite cannot overwrite what it deletes. */
const configure = (database: SqliteDatabase, busyTimeoutMs: number): boolean => {
  // First of all, since every later statement may meet a lock.
  database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  database.exec('PRAGMA synchronous = FULL');
  // Otherwise rows would go along that no order has named, perhaps of another contract (S16).
  database.exec('PRAGMA foreign_keys = OFF');
  database.exec('PRAGMA temp_store = MEMORY');
  return answerOf(database, 'secure_delete = ON') === 1;
};

/** Moves everything out of the write-ahead log; `false` when a reader elsewhere still needs what is in it. */
const hasLeftTheLog = (database: SqliteDatabase): boolean =>
  answerOf(database, 'journal_mode') !== 'wal' || answerOf(database, 'wal_checkpoint(TRUNCATE)') === 0;

/** What a transaction did when the order is not done yet. */
type Progress = 'removed-some' | 'none-left';

interface Erasing {
  readonly database: SqliteDatabase;
  readonly tables: readonly ErasableRows[];
  readonly records: ErasureRecords;
  readonly clock: Clock;
  readonly rowsPerTransaction: number;
  readonly rewritesFile: boolean;
}

const removeSome = ({ tables, rowsPerTransaction }: Erasing, order: ErasureOrder): number => {
  let removed = 0;
  for (const table of tables) removed += table.removeSome(order, rowsPerTransaction - removed);
  return removed;
};

/** One transaction: some rows and their count, or the recount and the receipt. */
const eraseSome = (
  erasing: Erasing,
  order: ErasureOrder,
  mayComplete: boolean,
): ErasureOutcome | Progress => {
  const { tables, records, clock } = erasing;
  const record = records.begin(order, clock());
  if (record === undefined) return failed('key-of-another-order');
  const { lastActionAt } = record;
  if (lastActionAt !== null) return { outcome: 'erased', receipt: receiptOf(record, lastActionAt) };
  const removed = removeSome(erasing, order);
  if (removed > 0) {
    records.add(order, removed);
    return 'removed-some';
  }
  if (tables.some((table) => table.count(order) > 0)) return failed('rows-left');
  if (!mayComplete) return 'none-left';
  const receipt = receiptOf(record, clock());
  records.complete(order, receipt.lastActionAt);
  return { outcome: 'erased', receipt };
};

const eraseAll = async (erasing: Erasing, order: ErasureOrder): Promise<ErasureOutcome> => {
  const { database, rewritesFile } = erasing;
  let mayComplete = !rewritesFile;
  for (;;) {
    const done = inTransaction(database, () => eraseSome(erasing, order, mayComplete));
    if (typeof done !== 'string') {
      // Also when it was complete before: an earlier attempt may have ended right here.
      return done.outcome === 'failed' || hasLeftTheLog(database) ? done : failed('write-ahead-log-in-use');
    }
    // Rows that are added meanwhile are removed, and then the file is written anew once more.
    mayComplete = !rewritesFile || done === 'none-left';
    if (done === 'none-left') database.exec('VACUUM');
    await nextTurn();
  }
};

const isFile = async (file: string): Promise<boolean> => {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
};

const busy = [5, 6];

const asOutcome = (error: unknown): ErasureOutcome => {
  const code = resultCodeOf(error);
  if (code === undefined) throw error;
  // Messages of SQLite can repeat what a trigger of the file says.
  return failed(busy.includes(code) ? 'store-busy' : `sqlite-result-${code}`);
};

/**
 * Erases the rows of a data set from tables of a SQLite file that belongs to your program. Receipts are kept in a
 * table of the same file, `mandate_erasure`, and written together with what they tell. There is no receipt before
 * the bytes of the rows have left the file and its write-ahead log.
 */
export const sqliteTablesEraser = (options: SqliteTablesEraserOptions): StoreEraser => {
  const { file, tables, clock = systemClock, openDatabase = openSqliteDatabase } = options;
  const { rewritesFile = true } = options;
  const busyTimeoutMs = wholeNumber('busyTimeoutMs', options.busyTimeoutMs ?? 1000, 0);
  const rowsPerTransaction = wholeNumber('rowsPerTransaction', options.rowsPerTransaction ?? 500, 1);
  checkTables(tables);

  const eraseIn = async (database: SqliteDatabase, order: ErasureOrder): Promise<ErasureOutcome> => {
    if (!configure(database, busyTimeoutMs)) return failed('secure-delete-missing');
    const rows = tables.map((table) => erasableRows(database, table));
    const records = erasureRecords(database);
    const erasing = { database, tables: rows, records, clock, rowsPerTransaction, rewritesFile };
    return eraseAll(erasing, order);
  };

  return async (order) => {
    // SQLite would create what is missing, and nothing would be held there.
    if (!(await isFile(file))) return failed('store-unreachable');
    const database = openDatabase(file);
    try {
      return await eraseIn(database, order);
    } catch (error) {
      return asOutcome(error);
    } finally {
      database.close();
    }
  };
};
