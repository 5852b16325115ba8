import { openSqliteDatabase, type OpenSqliteDatabase } from '../driver';

export interface FaultyDriver {
  readonly openDatabase: OpenSqliteDatabase;
  /** Lets the next statement of this text fail with a result code of SQLite, before it runs or after it ran. */
  readonly failNext: (
    sql: string,
    fault: { readonly errcode: number; readonly when: 'before' | 'after' },
  ) => void;
}

const sqliteError = (errcode: number): Error =>
  Object.assign(new Error('a planted fault'), { code: 'ERR_SQLITE_ERROR', errcode });

/** The default driver, with faults at chosen statements. */
export const createFaultyDriver = (): FaultyDriver => {
  const faults = new Map<string, { readonly errcode: number; readonly when: 'before' | 'after' }>();

  const withFault = <T>(sql: string, work: () => T): T => {
    const fault = [...faults].find(([beginning]) => sql.startsWith(beginning));
    if (fault === undefined) return work();
    const [beginning, { errcode, when }] = fault;
    faults.delete(beginning);
    if (when === 'after') work();
    throw sqliteError(errcode);
  };

  return {
    failNext: (sql, fault) => void faults.set(sql, fault),
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
