import { describe, expect, it } from '@jest/globals';
import { eraserConformance } from '@mandate/deletion/testing';
import { readFile } from 'node:fs/promises';
import { nthOrder, order, tickingClock } from '../testing/orders';
import { createTables, insertItems, sqliteTablesHarness, tables } from '../testing/sqlite-file';
import { inTemporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { openSqliteDatabase, type OpenSqliteDatabase, type SqliteDatabase } from './driver';
import { sqliteTablesEraser, type SqliteTablesEraserOptions } from './sqlite-tables-eraser';

eraserConformance({ describe, it }, 'SQLite tables (write-ahead log)', sqliteTablesHarness('WAL'));
eraserConformance({ describe, it }, 'SQLite tables (rollback journal)', sqliteTablesHarness('DELETE'));

const CANARY = 'anna.canary@example.com';
const addresses = (count: number): readonly string[] =>
  // Long enough that some rows fill pages of their own.
  Array.from(
    { length: count },
    (_, index) => `${CANARY} ${'x'.repeat(index % 7 === 0 ? 6000 : 60)} ${index}`,
  );

const openOwner = (folder: TemporaryFolder, journalMode: string): SqliteDatabase => {
  const owner = openSqliteDatabase(folder.pathOf('platform.db'));
  owner.exec(`PRAGMA journal_mode = ${journalMode}; PRAGMA synchronous = OFF; ${createTables}`);
  return owner;
};

const eraserIn = (folder: TemporaryFolder, options: Partial<SqliteTablesEraserOptions> = {}) =>
  sqliteTablesEraser({ file: folder.pathOf('platform.db'), tables, clock: tickingClock(), ...options });

const holdsCanary = async (folder: TemporaryFolder): Promise<boolean> =>
  (await folder.bytes()).some((bytes) => bytes.includes(CANARY));

describe('the bytes of erased rows', () => {
  it.each(['WAL', 'DELETE', 'PERSIST'])(
    'have left the file, its log and its journal (%s) before there is a receipt',
    (journalMode) =>
      inTemporaryFolder(async (folder) => {
        const owner = openOwner(folder, journalMode);
        insertItems(owner, order, addresses(60));
        expect(await holdsCanary(folder)).toBe(true);
        const outcome = await eraserIn(folder, { rowsPerTransaction: 7 })(order);
        expect(outcome).toMatchObject({ outcome: 'erased', receipt: { found: 60, erased: 60 } });
        expect(await holdsCanary(folder)).toBe(false);
        owner.close();
        expect(await holdsCanary(folder)).toBe(false);
      }),
  );

  it('would stay in the unused parts of pages, were the file not written anew', () =>
    inTemporaryFolder(async (folder) => {
      const owner = openOwner(folder, 'WAL');
      insertItems(owner, order, addresses(60));
      const outcome = await eraserIn(folder, { rewritesFile: false })(order);
      expect(outcome).toMatchObject({ outcome: 'erased', receipt: { found: 60, erased: 60 } });
      expect(await holdsCanary(folder)).toBe(true);
      owner.close();
    }));

  it('would stay after a plain DELETE', () =>
    inTemporaryFolder(async (folder) => {
      const owner = openOwner(folder, 'DELETE');
      insertItems(owner, order, addresses(60));
      owner.exec('PRAGMA secure_delete = OFF; DELETE FROM recipient; DELETE FROM "click of ""a"" link"');
      expect(await holdsCanary(folder)).toBe(true);
      owner.close();
    }));

  it('are waited for while a reader holds the log: no receipt, then the receipt of the whole', () =>
    inTemporaryFolder(async (folder) => {
      const owner = openOwner(folder, 'WAL');
      insertItems(owner, order, addresses(9));
      const reader = openSqliteDatabase(folder.pathOf('platform.db'));
      reader.exec('BEGIN');
      reader.prepare('SELECT count(*) FROM recipient').get();
      const erase = eraserIn(folder, { busyTimeoutMs: 20 });
      expect(await erase(order)).toEqual({ outcome: 'failed', reason: 'write-ahead-log-in-use' });
      expect(await holdsCanary(folder)).toBe(true);
      reader.exec('COMMIT');
      expect(await erase(order)).toMatchObject({ outcome: 'erased', receipt: { found: 9, erased: 9 } });
      expect(await holdsCanary(folder)).toBe(false);
      reader.close();
      owner.close();
    }));

  it('are not entrusted to a SQLite that cannot overwrite', () =>
    inTemporaryFolder(async (folder) => {
      const owner = openOwner(folder, 'WAL');
      insertItems(owner, order, addresses(3));
      const withoutSecureDelete: OpenSqliteDatabase = (file) => {
        const database = openSqliteDatabase(file);
        return {
          exec: (sql) => database.exec(sql),
          prepare: (sql) => database.prepare(sql.replace('secure_delete = ON', 'secure_delete')),
          close: () => database.close(),
        };
      };
      const erase = eraserIn(folder, { openDatabase: withoutSecureDelete });
      expect(await erase(order)).toEqual({ outcome: 'failed', reason: 'secure-delete-missing' });
      owner.close();
    }));
});

describe('erasing tables of a file', () => {
  it('waits no longer than it was told for somebody who writes', () =>
    inTemporaryFolder(async (folder) => {
      const owner = openOwner(folder, 'WAL');
      const erase = eraserIn(folder, { busyTimeoutMs: 20 });
      expect(await erase(nthOrder(0))).toMatchObject({ outcome: 'erased' });
      owner.exec('BEGIN IMMEDIATE');
      expect(await erase(order)).toEqual({ outcome: 'failed', reason: 'store-busy' });
      owner.exec('ROLLBACK');
      expect(await erase(order)).toMatchObject({ outcome: 'erased', receipt: { method: 'nothing-held' } });
      owner.close();
    }));

  it('finds nothing held in a file that is not there, and creates none', () =>
    inTemporaryFolder(async (folder) => {
      expect(await eraserIn(folder)(order)).toEqual({ outcome: 'failed', reason: 'store-unreachable' });
      await expect(readFile(folder.pathOf('platform.db'))).rejects.toThrow('ENOENT');
    }));

  it('takes no rows of other tables along that refer to what is erased', () =>
    inTemporaryFolder(async (folder) => {
      const owner = openOwner(folder, 'WAL');
      owner.exec(`
        CREATE TABLE mail (id INTEGER PRIMARY KEY, contract_id TEXT, data_set_id TEXT);
        CREATE TABLE shared (mail INTEGER REFERENCES mail (id) ON DELETE CASCADE);
        INSERT INTO mail VALUES (1, '${order.contractId}', '${order.dataSetId}');
        INSERT INTO shared VALUES (1);`);
      const mail = { table: 'mail', contractColumn: 'contract_id', dataSetColumn: 'data_set_id' };
      const erase = eraserIn(folder, { tables: [mail] });
      expect(await erase(order)).toMatchObject({ outcome: 'erased', receipt: { found: 1 } });
      expect(owner.prepare('SELECT count(*) AS rows FROM shared').get()).toEqual({ rows: 1 });
      owner.close();
    }));

  it('repeats nothing of what a trigger of the file says', () =>
    inTemporaryFolder(async (folder) => {
      const owner = openOwner(folder, 'WAL');
      insertItems(owner, order, addresses(1));
      owner.exec(
        `CREATE TRIGGER keep BEFORE DELETE ON recipient BEGIN SELECT RAISE(ABORT, 'no: ${CANARY}'); END`,
      );
      expect(await eraserIn(folder)(order)).toEqual({ outcome: 'failed', reason: 'sqlite-result-19' });
      owner.close();
    }));
});

describe('tables that cannot be erased as it was said', () => {
  const [recipient] = tables;

  // SQLite reads "contrct_id" as the text 'contrct_id' where no column has that name: nothing would be found.
  it.each([
    [{ contractColumn: 'contrct_id' }, /Expected a column "contrct_id" in table "recipient", found none/],
    [{ dataSetColumn: "x' OR 1" }, /Expected a column "x' OR 1" in table "recipient", found none/],
    [{ table: 'recipients' }, /Expected a table named "recipients", found none/],
    [{ table: 'recipient_view' }, /Expected a table named "recipient_view", found a view/],
    [{ table: 'numbered' }, /Expected a name for the row number of table "numbered"/],
  ])('are refused: %p', (change, sentence) =>
    inTemporaryFolder(async (folder) => {
      const owner = openOwner(folder, 'WAL');
      insertItems(owner, order, addresses(3));
      owner.exec(`
        CREATE VIEW recipient_view AS SELECT * FROM recipient;
        CREATE TABLE numbered (contract_id, data_set_id, rowid, oid, _ROWID_)`);
      const erase = eraserIn(folder, { tables: [{ ...recipient!, ...change }] });
      await expect(erase(order)).rejects.toThrow(sentence);
      expect(owner.prepare('SELECT count(*) AS rows FROM recipient').get()).toEqual({ rows: 2 });
      owner.close();
    }),
  );

  it.each([
    [{ tables: [] }, 'Expected at least one table to erase, found none.'],
    [{ tables: [{ ...recipient!, table: '' }] }, 'tables[0].table: expected a name, found a string'],
    [{ tables: [{ ...recipient!, dataSetColumn: 'Contract_ID' }] }, 'tables[0]: expected two columns'],
    [{ rowsPerTransaction: 0 }, 'Expected rowsPerTransaction to be a whole number, 1 or more.'],
    [{ busyTimeoutMs: 0.5 }, 'Expected busyTimeoutMs to be a whole number, 0 or more.'],
  ])('are refused before there is an order: %p', (options, sentence) => {
    expect(() => sqliteTablesEraser({ file: 'x', tables, ...options })).toThrow(sentence);
  });
});
