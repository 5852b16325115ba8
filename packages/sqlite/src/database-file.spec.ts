import { stat, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabaseFile, type DatabaseFileOptions } from './database-file';
import {
  openSqliteDatabase,
  type OpenSqliteDatabase,
  type SqliteDatabase,
  type SqliteStatement,
} from './driver';
import { isSqliteOpenError } from './sqlite-open-error';
import { createTemporaryFolder, type TemporaryFolder } from './testing/temporary-folder';

let folder: TemporaryFolder;
let file: string;
let opened: SqliteDatabase[];

beforeEach(async () => {
  folder = await createTemporaryFolder();
  file = folder.pathOf('some.db');
  opened = [];
});

afterEach(async () => {
  for (const database of opened) database.close();
  await folder.remove();
});

const open = async (options: Partial<DatabaseFileOptions> = {}): Promise<SqliteDatabase> => {
  const defaults = {
    file,
    synchronous: 'full',
    busyTimeoutMs: 30,
    openDatabase: openSqliteDatabase,
  } as const;
  const database = await openDatabaseFile({ ...defaults, ...options }, () => undefined);
  opened.push(database);
  return database;
};

const pragma = (database: SqliteDatabase, name: string): unknown =>
  Object.values(database.prepare(`PRAGMA ${name}`).get() as object)[0];

/** The default driver, except that one statement is answered otherwise. */
const answering =
  (sql: string, answer: unknown): OpenSqliteDatabase =>
  (name) => {
    const database = openSqliteDatabase(name);
    const statement: SqliteStatement = {
      run: () => ({ changes: 0, lastInsertRowid: 0 }),
      get: () => answer,
      all: () => [answer],
    };
    return {
      exec: (text) => {
        database.exec(text);
      },
      prepare: (text) => (text === sql ? statement : database.prepare(text)),
      close: () => {
        database.close();
      },
    };
  };

const codeOf = (opening: Promise<unknown>): Promise<unknown> =>
  opening.then(
    () => 'opened',
    (error: unknown) => (isSqliteOpenError(error) ? error.code : error),
  );

describe('opening a file', () => {
  it('makes SQLite careful: write-ahead log, full synchronisation, deleted bytes overwritten, no temporary files', async () => {
    const database = await open();
    expect(pragma(database, 'journal_mode')).toBe('wal');
    expect(pragma(database, 'synchronous')).toBe(2);
    expect(pragma(database, 'fullfsync')).toBe(1);
    expect(pragma(database, 'secure_delete')).toBe(1);
    expect(pragma(database, 'temp_store')).toBe(2);
    expect(pragma(database, 'busy_timeout')).toBe(30);
    expect(pragma(database, 'journal_size_limit')).toBe(8 * 1024 * 1024);
  });

  it('synchronises less only when told so', async () => {
    expect(pragma(await open({ synchronous: 'normal' }), 'synchronous')).toBe(1);
  });

  it('creates it for its owner only', async () => {
    const database = await open();
    database.exec('CREATE TABLE t (x)');
    for (const suffix of ['', '-wal', '-shm']) expect((await stat(file + suffix)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['3.51.2', 'sqlite-too-old'],
    ['3.45.1', 'sqlite-too-old'],
    ['2.99.99', 'sqlite-too-old'],
    ['3.51.3', 'opened'],
    ['3.52.0', 'opened'],
    ['4.0.0', 'opened'],
  ])('with SQLite %s answers: %s', async (version, outcome) => {
    const openDatabase = answering('SELECT sqlite_version() AS version', { version });
    expect(await codeOf(open({ openDatabase }))).toBe(outcome);
  });

  it('names both versions when SQLite is too old', async () => {
    const openDatabase = answering('SELECT sqlite_version() AS version', { version: '3.45.1' });
    await expect(open({ openDatabase })).rejects.toThrow('Expected SQLite 3.51.3 or newer, found 3.45.1.');
  });

  it('refuses a file system without write-ahead log', async () => {
    const openDatabase = answering('PRAGMA journal_mode = WAL', { journal_mode: 'delete' });
    expect(await codeOf(open({ openDatabase }))).toBe('no-write-ahead-log');
  });

  it('refuses a file that is no database, and leaves it as it is', async () => {
    await writeFile(file, 'a letter, and not a short one. '.repeat(100));
    expect(await codeOf(open())).toBe('foreign-file');
    expect((await stat(file)).size).toBe(3100);
  });

  it('refuses a folder that does not exist, a folder, an empty name and a URI', async () => {
    expect(await codeOf(open({ file: folder.pathOf('missing/some.db') }))).toBe('cannot-open');
    expect(await codeOf(open({ file: folder.pathOf('.') }))).toBe('cannot-open');
    expect(await codeOf(open({ file: '' }))).toBe('cannot-open');
    expect(await codeOf(open({ file: 'file:some.db?vfs=memdb' }))).toBe('cannot-open');
  });

  it('refuses a busy timeout that is no number of milliseconds', async () => {
    await expect(open({ busyTimeoutMs: -1 })).rejects.toThrow(RangeError);
    await expect(open({ busyTimeoutMs: 0.5 })).rejects.toThrow(RangeError);
  });

  it('gives up when another process does not let go of it', async () => {
    const other = openSqliteDatabase(file);
    opened.push(other);
    other.exec('BEGIN EXCLUSIVE');
    expect(await codeOf(open())).toMatchObject({ errcode: 5 });
  });
});
