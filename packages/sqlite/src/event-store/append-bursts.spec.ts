import { describe, expect, it } from '@jest/globals';
import { instantOf, type Clock } from '@mandate/event-sourcing';
import { openSqliteDatabase, type OpenSqliteDatabase, type SqliteStatement } from '../driver';
import { assertBurstsAreLikeSingleCalls } from '../testing/burst-model';
import { openSqliteEventStore } from './sqlite-event-store';

/** A clock that is set forward and back all the time. */
const restlessClock: Clock = () => instantOf(Date.UTC(2026, 2, 29) + Math.round(Math.random() * 1000));

const doesNothing: SqliteStatement = {
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  get: () => undefined,
  all: () => [],
};

const openWithoutSavepoints: OpenSqliteDatabase = (file) => {
  const database = openSqliteDatabase(file);
  const isOfSavepoint = (sql: string): boolean => /^(?:SAVEPOINT|RELEASE|ROLLBACK TO) /.test(sql);
  return {
    exec: (sql) => {
      database.exec(sql);
    },
    prepare: (sql) => (isOfSavepoint(sql) ? doesNothing : database.prepare(sql)),
    close: () => {
      database.close();
    },
  };
};

describe('appends that are made at the same time', () => {
  it('are answered and recorded as if made one after the other in the order of their arrival', async () => {
    await expect(
      assertBurstsAreLikeSingleCalls(() => openSqliteEventStore({ file: ':memory:', clock: restlessClock }), {
        numRuns: 200,
      }),
    ).resolves.toBeUndefined();
  });

  it('would not be without a savepoint for each', async () => {
    await expect(
      assertBurstsAreLikeSingleCalls(
        () => openSqliteEventStore({ file: ':memory:', openDatabase: openWithoutSavepoints }),
        { numRuns: 200 },
      ),
    ).rejects.toThrow('Property failed');
  });
});
