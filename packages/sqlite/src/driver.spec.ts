import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setImmediate as otherWork } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { openSqliteDatabase, type SqliteStatement } from './driver';
import { primaryCodeOf, sqliteCode } from './sqlite-code';

const collectGarbage = async (): Promise<void> => {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 5; round += 1) {
    collect();
    await otherWork();
  }
};

const codeOf = (work: () => unknown): number | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return primaryCodeOf(error);
  }
};

describe('the default driver', () => {
  // The native module would go on with the memory of a database that the garbage collector has taken.
  it('keeps a database as long as one of its statements is in use', async () => {
    let isCollected = false;
    const collected = new FinalizationRegistry<undefined>(() => (isCollected = true));
    const open = (): SqliteStatement => {
      const database = openSqliteDatabase(':memory:');
      collected.register(database, undefined);
      return database.prepare('SELECT 1 AS one');
    };
    const statement = open();
    await collectGarbage();
    expect(isCollected).toBe(false);
    expect(statement.get()).toMatchObject({ one: 1 });
  });

  it('tells the code of SQLite whichever way a statement is run', () => {
    const database = openSqliteDatabase(':memory:');
    database.exec('PRAGMA page_size = 512; PRAGMA max_page_count = 4; CREATE TABLE t (x TEXT)');
    const insert = database.prepare('INSERT INTO t VALUES (hex(zeroblob(9000))) RETURNING x');
    expect(codeOf(() => insert.run())).toBe(sqliteCode.full);
    expect(codeOf(() => insert.get())).toBe(sqliteCode.full);
    expect(codeOf(() => insert.all())).toBe(sqliteCode.full);
    database.close();
  });
});
