import { openSqliteDatabase, type OpenSqliteDatabase } from '../driver';

/** Where a process ends: at its statement of that number, counted from 1, before that one runs or after it ran. */
export interface PlannedEnd {
  readonly statement: number;
  readonly when: 'before' | 'after';
  /** Every later statement fails too, as when the process is gone; otherwise this one only, as of a bad disk. */
  readonly isFinal: boolean;
}

export interface KillingDriver {
  readonly openDatabase: OpenSqliteDatabase;
  /** How many statements there were. */
  readonly statements: () => number;
}

const inputOutputError = 778;

/**
 * A driver for one process that ends at a statement: nothing works from then on, and what was not committed is gone
 * when its databases are closed. SQLite sees what it sees when a process is killed.
 */
export const createKillingDriver = (
  end?: PlannedEnd,
  open: OpenSqliteDatabase = openSqliteDatabase,
): KillingDriver => {
  let statements = 0;
  const fail = (): never => {
    throw end?.isFinal === true
      ? new Error('a process was killed')
      : Object.assign(new Error('a planted fault'), { errcode: inputOutputError });
  };

  const counted = <T>(work: () => T): T => {
    statements += 1;
    if (end === undefined || statements < end.statement) return work();
    if (statements > end.statement) return end.isFinal ? fail() : work();
    if (end.when === 'after') work();
    return fail();
  };

  return {
    statements: () => statements,
    openDatabase: (file) => {
      const database = open(file);
      return {
        exec: (sql) => {
          counted(() => {
            database.exec(sql);
          });
        },
        prepare: (sql) => {
          const statement = database.prepare(sql);
          return {
            run: (...parameters) => counted(() => statement.run(...parameters)),
            get: (...parameters) => counted(() => statement.get(...parameters)),
            all: (...parameters) => counted(() => statement.all(...parameters)),
          };
        },
        close: () => {
          try {
            // The driver keeps a connection, and with it an open transaction, while there are statements of it.
            database.exec('ROLLBACK');
          } catch {
            // There was no transaction.
          }
          database.close();
        },
      };
    },
  };
};
