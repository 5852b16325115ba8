import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { instantOf, type Position, type Uuid } from '@mandate/event-sourcing';
import { projectionStoreConformance, projectionStoreConformanceTests } from '@mandate/event-sourcing/testing';
import { openSqliteDatabase, type OpenSqliteDatabase } from '../driver';
import { projectionFileHarness, projectionMemoryHarness } from '../testing/projection-store-harness';
import { createTemporaryFolder } from '../testing/temporary-folder';
import { openSqliteProjectionStore } from './sqlite-projection-store';

projectionStoreConformance({ describe, it }, 'SQLite (in memory)', {
  createHarness: projectionMemoryHarness(),
});
projectionStoreConformance({ describe, it }, 'SQLite (in a file)', {
  createHarness: projectionFileHarness(),
});

/** A driver that reads one part of the SQL as another, in whichever statements it occurs. */
const misreading =
  (part: string, as: string): OpenSqliteDatabase =>
  (file) => {
    const database = openSqliteDatabase(file);
    return { ...database, prepare: (sql) => database.prepare(sql.replace(part, as)) };
  };

const mistakes: readonly (readonly [part: string, as: string])[] = [
  ["AND status <> 'paused' RETURNING", 'RETURNING'],
  ['position IS ?3', '(position IS ?3 OR 1)'],
  ['position IS ?3', 'position = ?3'],
  ['AND epoch = ?4', 'AND (epoch = ?4 OR 1)'],
  ['CASE WHEN holder IS NULL THEN NULL ELSE ?6 END', '?6'],
  ['CASE WHEN holder IS NULL THEN NULL ELSE ?6 END', 'held_until'],
  ['AND (held_until IS NULL OR held_until <= ?5)', 'AND (?5 OR 1)'],
  ['held_until <= ?5', 'held_until < ?5'],
  ['held_until IS NULL OR', ''],
  ['1 + (SELECT last FROM projection_epoch)', 'epoch + 1'],
  ['last = last + 1', 'last = last'],
  ['AND holder = ?3', 'AND holder <> ?3'],
  [
    'WHERE name = ? AND generation = ? AND epoch = ?',
    'WHERE name = ? AND generation = ? AND (epoch = ? OR 1)',
  ],
  ['epoch = ?3 AND status = ?4', '(epoch = ?3 OR 1) AND status = ?4'],
  ['AND status = ?4', 'AND (status = ?4 OR 1)'],
  ['failure_code = ?6', 'failure_code = coalesce(?6, failure_code)'],
  ["AND epoch = ?3 AND status IN ('booting', 'active')", "AND ?3 AND status IN ('booting', 'active')"],
  ["'booting', 'active')", "'booting', 'active', 'paused')"],
  ["'booting', 'active')", "'booting', 'active', 'error')"],
  ["'booting', 'active')", "'booting', 'active', 'detached')"],
  ["'booting', 'active')", "'active')"],
  ['generation > ?2 AND is_live', 'generation > ?2 AND NOT is_live'],
  ['generation > ?2', 'generation < ?2'],
  ["AND status <> 'detached'", ''],
  ['WHERE name = ? AND is_live <> 0', 'WHERE ?1 IS NOT NULL AND is_live <> 0'],
  ['failure_code = NULL, ', ''],
  ["is_live = 1, status = 'active'", 'is_live = 1'],
  ['AND is_live = 0 RETURNING', 'RETURNING'],
  ['DELETE FROM projection_document WHERE', 'DELETE FROM projection_document WHERE 0 AND'],
  [
    'generation_id = ? AND partition = ? AND key = ?',
    'generation_id = ? AND partition IN (?, 1) AND key >= ?',
  ],
  ['ORDER BY name, generation', 'ORDER BY name, generation DESC'],
  ['ORDER BY name, generation', 'ORDER BY id'],
  ['INSERT OR REPLACE INTO projection_parked_event', 'INSERT OR IGNORE INTO projection_parked_event'],
  ['DELETE FROM projection_parked_event WHERE', 'DELETE FROM projection_parked_event WHERE 0 AND'],
];

/** What becomes of the tests, as far as it takes to know that some fail, and that some do not. */
const outcomesWith = async (openDatabase: OpenSqliteDatabase): Promise<ReadonlySet<string>> => {
  const outcomes = new Set<string>();
  const createHarness = projectionMemoryHarness({ openDatabase });
  for (const { run } of projectionStoreConformanceTests) {
    const running = run({ createHarness });
    outcomes.add(
      await running.then(
        () => 'passes',
        () => 'fails',
      ),
    );
    if (outcomes.size === 2) break;
  }
  return outcomes;
};

describe('the SQL of the projection store', () => {
  it('is read as it is written, otherwise', async () => {
    expect([...(await outcomesWith(misreading('no such part', '')))]).toEqual(['passes']);
  });

  // What is planted is a mistake in one condition; where nothing works any more, the SQL could not be read at all.
  it.each(mistakes)('would be found out if %j were %j', async (part, as) => {
    expect(await outcomesWith(misreading(part, as))).toEqual(new Set(['passes', 'fails']));
  });
});

describe('removing a generation', () => {
  it('leaves nothing of it in the file', async () => {
    const folder = await createTemporaryFolder();
    const file = folder.pathOf('projections.db');
    const store = await openSqliteProjectionStore({ file });
    const id = { name: 'tally', generation: 1 };
    const [now, until] = [instantOf(0), instantOf(1000)];
    await store.create(id, 1);
    const taken = await store.claim(id, { holder: randomUUID() as Uuid, now, until });
    const [position, place] = ['log:1' as Position, { partition: 'p', key: 'all' }];
    const parked = { partition: 'q', position, stream: 'q', type: 'Noted', reason: 'no reason', held: 0 };
    const isWritten = await store.commit(id, {
      ...{ epoch: taken!.epoch, from: undefined, to: position, heldUntil: until },
      ...{ documents: [{ ...place, document: { n: 1 } }], parked: [parked], unparked: [] },
    });
    const database = openSqliteDatabase(file);
    const counts = (): readonly unknown[] =>
      ['generation', 'document', 'parked_event'].map(
        (table) =>
          (database.prepare(`SELECT count(*) AS n FROM projection_${table}`).get() as { readonly n: number })
            .n,
      );
    expect([isWritten, ...counts()]).toEqual([true, 1, 1, 1]);
    await store.remove(id);
    expect(counts()).toEqual([0, 0, 0]);
    database.close();
    await store.close();
    await folder.remove();
  });
});
