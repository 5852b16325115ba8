import { openSqliteDatabase, type OpenSqliteDatabase } from '../driver';

/** A result code of SQLite that a statement fails with, before it runs or after it ran. */
export interface StatementFault {
  readonly errcode: number;
  readonly when: 'before' | 'after';
}

export interface FaultyDriver {
  readonly openDatabase: OpenSqliteDatabase;
  /** Lets the next statement of this text fail. */
  readonly failNext: (sql: string, fault: StatementFault) => void;
  /** Lets one of the coming statements fail, whatever it says: the first is number 0. */
  readonly failNumber: (number: number, fault: StatementFault) => void;
  /** What was executed so far. */
  readonly executed: readonly string[];
}

const sqliteError = (errcode: number): Error =>
  Object.assign(new Error('a planted fault'), { code: 'ERR_SQLITE_ERROR', errcode });

/** The default driver, with faults at chosen statements. */
export const createFaultyDriver = (): FaultyDriver => {
  const faultsByText = new Map<string, StatementFault>();
  const faultsByNumber = new Map<number, StatementFault>();
  const executed: string[] = [];

  const faultAt = (sql: string): StatementFault | undefined => {
    const byNumber = faultsByNumber.get(executed.length);
    if (byNumber !== undefined) return byNumber;
    const [text, fault] = [...faultsByText].find(([beginning]) => sql.startsWith(beginning)) ?? [];
    if (text !== undefined) faultsByText.delete(text);
    return fault;
  };

  const withFault = <T>(sql: string, work: () => T): T => {
    const fault = faultAt(sql);
    executed.push(sql);
    if (fault === undefined) return work();
    try {
      if (fault.when === 'after') work();
    } catch {
      // It would have failed anyway, for another reason.
    }
    throw sqliteError(fault.errcode);
  };

  return {
    failNext: (sql, fault) => void faultsByText.set(sql, fault),
    failNumber: (number, fault) => void faultsByNumber.set(executed.length + number, fault),
    executed,
    openDatabase: (file) => {
      const database = openSqliteDatabase(file);
      return {
        exec: (sql) => {
          withFault(sql, () => {
            database.exec(sql);
          });
        },
        prepare: (sql) => {
          const statement = database.prepare(sql);
          return {
            run: (...parameters) => withFault(sql, () => statement.run(...parameters)),
            get: (...parameters) => withFault(sql, () => statement.get(...parameters)),
            all: (...parameters) => withFault(sql, () => statement.all(...parameters)),
          };
        },
        close: () => {
          database.close();
        },
      };
    },
  };
};
