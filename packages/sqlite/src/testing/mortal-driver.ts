import { openSqliteDatabase, type OpenSqliteDatabase } from '../driver';

/** The default driver for one process, until that is killed. */
export interface MortalDriver {
  readonly openDatabase: OpenSqliteDatabase;
  /** No statement runs any more. The file and its write-ahead log stay as they are, until the database is closed. */
  readonly kill: () => void;
}

export const createMortalDriver = (): MortalDriver => {
  let isAlive = true;
  const whileAlive = <T>(work: () => T): T => {
    if (isAlive) return work();
    throw new Error('The process was killed.');
  };
  return {
    kill: () => {
      isAlive = false;
    },
    openDatabase: (file) => {
      const database = openSqliteDatabase(file);
      return {
        exec: (sql) => {
          whileAlive(() => {
            database.exec(sql);
          });
        },
        prepare: (sql) => {
          const statement = database.prepare(sql);
          return {
            run: (...parameters) => whileAlive(() => statement.run(...parameters)),
            get: (...parameters) => whileAlive(() => statement.get(...parameters)),
            all: (...parameters) => whileAlive(() => statement.all(...parameters)),
          };
        },
        close: () => {
          database.close();
        },
      };
    },
  };
};
