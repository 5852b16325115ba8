import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteDatabase, type SqliteDatabase } from './driver';
import { migrate, type Schema } from './schema';

const first = "CREATE TABLE colour (name TEXT NOT NULL) STRICT; INSERT INTO colour VALUES ('red');";
const second = "ALTER TABLE colour ADD COLUMN shade TEXT NOT NULL DEFAULT 'plain';";
const third = "UPDATE colour SET shade = 'dark';";

const schemaOf = (...migrations: readonly string[]): Schema => ({
  component: 'colours',
  migrations,
  apartFrom: ['secrets'],
});

let database: SqliteDatabase;

beforeEach(() => {
  database = openSqliteDatabase(':memory:');
});

afterEach(() => {
  database.close();
});

const rows = (table: string): readonly unknown[] =>
  Array.from(database.prepare(`SELECT * FROM ${table}`).all(), (row) => ({ ...(row as object) }));

const versions = (): readonly unknown[] => rows('mandate_schema');

describe('migrating a file', () => {
  it('creates the tables of the newest version in an empty file', () => {
    migrate(database, schemaOf(first, second));
    expect(rows('colour')).toEqual([{ name: 'red', shade: 'plain' }]);
    expect(versions()).toEqual([{ component: 'colours', version: 2 }]);
  });

  it('brings an older file to the newest version, step by step, and keeps what it holds', () => {
    migrate(database, schemaOf(first));
    database.exec("INSERT INTO colour VALUES ('blue')");
    migrate(database, schemaOf(first, second, third));
    expect(rows('colour')).toEqual([
      { name: 'red', shade: 'dark' },
      { name: 'blue', shade: 'dark' },
    ]);
    expect(versions()).toEqual([{ component: 'colours', version: 3 }]);
  });

  it('does nothing to a file of the newest version', () => {
    migrate(database, schemaOf(first));
    migrate(database, schemaOf(first));
    expect(rows('colour')).toEqual([{ name: 'red' }]);
  });

  it('leaves the file as it was when a step fails', () => {
    migrate(database, schemaOf(first));
    expect(() => {
      migrate(database, schemaOf(first, second, 'UPDATE nowhere SET x = 1;'));
    }).toThrow('no such table');
    expect(rows('colour')).toEqual([{ name: 'red' }]);
    expect(versions()).toEqual([{ component: 'colours', version: 1 }]);
  });

  it('refuses a file of a newer version and changes nothing', () => {
    migrate(database, schemaOf(first, second));
    expect(() => {
      migrate(database, schemaOf(first));
    }).toThrow(expect.objectContaining({ code: 'schema-too-new' }));
    expect(versions()).toEqual([{ component: 'colours', version: 2 }]);
  });

  it('refuses a database of another program and changes nothing', () => {
    database.exec('CREATE TABLE customer (name TEXT)');
    expect(() => {
      migrate(database, schemaOf(first));
    }).toThrow(expect.objectContaining({ code: 'foreign-file' }));
    expect(() => rows('colour')).toThrow('no such table');
  });

  it('lets components share a file, except those that must be apart', () => {
    const neighbour: Schema = {
      component: 'shapes',
      migrations: ['CREATE TABLE shape (name TEXT)'],
      apartFrom: [],
    };
    migrate(database, neighbour);
    migrate(database, schemaOf(first));
    expect(versions()).toHaveLength(2);
    migrate(database, {
      ...neighbour,
      component: 'secrets',
      migrations: ['CREATE TABLE secret (name TEXT)'],
    });
    expect(() => {
      migrate(database, schemaOf(first));
    }).toThrow('This file holds secrets. Keep colours in a file of their own');
  });
});
