import type { CrashPoint, CreateEraserHarness, DataSetPlace } from '@mandate/deletion/testing';
import { openSqliteDatabase, type OpenSqliteDatabase, type SqliteDatabase } from '../sqlite-tables/driver';
import { sqliteTablesEraser } from '../sqlite-tables/sqlite-tables-eraser';
import { tickingClock } from './orders';
import { createTemporaryFolder } from './temporary-folder';

/** Two tables of a platform: one with row numbers and an index, one without row numbers and a key of two columns. */
export const createTables = `
  CREATE TABLE recipient (contract_id TEXT, data_set_id TEXT, address TEXT);
  CREATE INDEX recipient_by_address ON recipient (address);
  CREATE TABLE "click of ""a"" link" (
    "the contract" TEXT, "data set" TEXT, number INTEGER, address TEXT, PRIMARY KEY (number, address)
  ) WITHOUT ROWID;`;

export const tables = [
  { table: 'recipient', contractColumn: 'contract_id', dataSetColumn: 'data_set_id' },
  { table: 'click of "a" link', contractColumn: 'the contract', dataSetColumn: 'data set' },
];

/** One item: in either table, in turn. */
export const insertItems = (
  database: SqliteDatabase,
  place: DataSetPlace,
  texts: readonly string[],
): void => {
  const { contractId, dataSetId } = place;
  const recipient = database.prepare('INSERT INTO recipient VALUES (?1, ?2, ?3)');
  const click = database.prepare('INSERT INTO "click of ""a"" link" VALUES (?1, ?2, abs(random()), ?3)');
  for (const [index, text] of texts.entries()) {
    (index % 2 === 0 ? recipient : click).run(contractId, dataSetId, text);
  }
};

/** The default driver, which a process uses that may be killed before and after every statement. */
const mortalDriver =
  (crashPoint: CrashPoint): OpenSqliteDatabase =>
  (file) => {
    const database = openSqliteDatabase(file);
    const step = <T>(work: () => T): T => {
      crashPoint();
      const answer = work();
      crashPoint();
      return answer;
    };
    // To die before one reads is to die after what was done last.
    const reading = <T>(work: () => T): T => {
      const answer = work();
      crashPoint();
      return answer;
    };
    return {
      exec: (sql) => {
        step(() => {
          // No power is cut here, and waiting for the disk is most of the time.
          database.exec(sql.replace('synchronous = FULL', 'synchronous = OFF'));
        });
      },
      prepare: (sql) => {
        const statement = database.prepare(sql);
        return {
          run: (...parameters) => step(() => statement.run(...parameters)),
          get: (...parameters) => reading(() => statement.get(...parameters)),
          all: (...parameters) => reading(() => statement.all(...parameters)),
        };
      },
      // The operating system takes the locks of the dead; the driver keeps them while statements are in use.
      close: () => {
        try {
          database.exec('ROLLBACK');
        } catch {
          // There was no transaction.
        }
        database.close();
      },
    };
  };

const heldIn = (database: SqliteDatabase, { contractId, dataSetId }: DataSetPlace): readonly string[] =>
  (
    database
      .prepare(
        `SELECT address FROM recipient WHERE contract_id = ?1 AND data_set_id = ?2
         UNION ALL
         SELECT address FROM "click of ""a"" link" WHERE "the contract" = ?1 AND "data set" = ?2`,
      )
      .all(contractId, dataSetId) as readonly { readonly address: string }[]
  ).map(({ address }) => address);

const resist = `
  CREATE TRIGGER resist BEFORE DELETE ON recipient
  WHEN old.rowid = (SELECT max(rowid) FROM recipient WHERE data_set_id = old.data_set_id)
  BEGIN SELECT RAISE(IGNORE); END`;

/** A file of a program that has it open all the time. */
export const sqliteTablesHarness =
  (journalMode: 'WAL' | 'DELETE'): CreateEraserHarness =>
  async () => {
    const folder = await createTemporaryFolder();
    const file = folder.pathOf('platform.db');
    const owner = openSqliteDatabase(file);
    owner.exec(`PRAGMA journal_mode = ${journalMode}; PRAGMA synchronous = OFF; ${createTables}`);
    const clock = tickingClock();
    return {
      verification: 'recounted',
      clock,
      open: (crashPoint = () => undefined) => {
        const openDatabase = mortalDriver(crashPoint);
        return Promise.resolve(
          sqliteTablesEraser({ file, tables, clock, openDatabase, rowsPerTransaction: 2 }),
        );
      },
      plant: (place, texts) => {
        insertItems(owner, place, texts);
        return Promise.resolve();
      },
      held: (place) => Promise.resolve(heldIn(owner, place)),
      resist: () => {
        owner.exec(resist);
        return Promise.resolve(() => {
          owner.exec('DROP TRIGGER resist');
          return Promise.resolve();
        });
      },
      dispose: () => {
        owner.close();
        return folder.remove();
      },
    };
  };
