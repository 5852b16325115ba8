import { describe, expect, it } from '@jest/globals';
import { leaseStoreConformance, leaseStoreConformanceTests } from '@mandate/event-sourcing/testing';
import { openSqliteDatabase, type OpenSqliteDatabase } from '../driver';
import { leaseFileHarness, leaseMemoryHarness } from '../testing/lease-store-harness';

leaseStoreConformance({ describe, it }, 'SQLite (in memory)', { createHarness: leaseMemoryHarness() });
leaseStoreConformance({ describe, it }, 'SQLite (in a file)', { createHarness: leaseFileHarness() });

type Misreading = readonly [part: string, as: string];

/** A driver that reads parts of the SQL as others, in whichever statements they occur. */
const misreading =
  (...parts: readonly Misreading[]): OpenSqliteDatabase =>
  (file) => {
    const database = openSqliteDatabase(file);
    const read = (sql: string): string => parts.reduce((text, [part, as]) => text.replace(part, as), sql);
    return { ...database, prepare: (sql) => database.prepare(read(sql)) };
  };

/** The look before asking finds nobody, as it does when another process takes the lease right after it. */
const overlookingOthers: Misreading = ['AND held_until > ?3', 'AND ?3 AND 0'];

const mistakes: readonly Misreading[] = [
  ['epoch = epoch + 1', 'epoch = epoch'],
  ['SET epoch = epoch + 1, holder = ?2', 'SET epoch = epoch + 1, holder = holder'],
  ['holder = ?2, held_until = ?4', 'holder = ?2, held_until = held_until'],
  ['holder IS NULL OR', ''],
  ['OR holder = ?2', ''],
  ['held_until <= ?3', 'held_until < ?3'],
  ['AND held_until > ?3', 'AND ?3'],
  ['held_until > ?3', 'held_until >= ?3'],
  ['AND holder <> ?2', ''],
  ['max(held_until, ?3)', '?3'],
  ['max(held_until, ?3)', 'held_until'],
  ['AND epoch = ?2 AND holder IS NOT NULL', 'AND ?2 AND holder IS NOT NULL'],
  ['WHERE name = ?1 AND epoch = ?2', 'WHERE name = ?1 AND epoch >= ?2'],
  ['held_until = NULL WHERE name = ?1 AND epoch = ?2', 'held_until = NULL WHERE name = ?1 AND ?2'],
  ['held_until = NULL WHERE name = ?1 AND epoch', 'held_until = NULL WHERE ?1 <> 0 AND epoch'],
  ['holder = NULL, held_until = NULL', 'epoch = epoch'],
];

/** What becomes of the tests, as far as it takes to know that some fail, and that some do not. */
const outcomesWith = async (openDatabase: OpenSqliteDatabase): Promise<ReadonlySet<string>> => {
  const outcomes = new Set<string>();
  const createHarness = leaseMemoryHarness({ openDatabase });
  for (const { run } of leaseStoreConformanceTests) {
    outcomes.add(
      await run({ createHarness }).then(
        () => 'passes',
        () => 'fails',
      ),
    );
    if (outcomes.size === 2) break;
  }
  return outcomes;
};

describe('the SQL of the lease store', () => {
  it.each([[[]], [[overlookingOthers]]])('is read as it is written, otherwise: %j', async (parts) => {
    expect([...(await outcomesWith(misreading(...parts)))]).toEqual(['passes']);
  });

  it('would be found out if two processes could take a lease at once', async () => {
    const driver = misreading(overlookingOthers, ['held_until <= ?3', '?3']);
    expect(await outcomesWith(driver)).toEqual(new Set(['passes', 'fails']));
  });

  // What is planted is a mistake in one condition; where nothing works any more, the SQL could not be read at all.
  it.each(mistakes)('would be found out if %j were %j', async (part, as) => {
    expect(await outcomesWith(misreading([part, as]))).toEqual(new Set(['passes', 'fails']));
  });
});
