import { expect, it } from '@jest/globals';
import type { ErasureOutcome } from '@mandate/deletion';
import { nthOrder, tickingClock } from '../testing/erasure-orders';
import { startErasingProcess } from '../testing/erasing-process';
import { onPostgres } from '../testing/on-postgres';
import { createTables, dropTables, insertItems, itemsOf, tables } from '../testing/platform-tables';
import { postgresTablesEraser } from './postgres-tables-eraser';

onPostgres('an erasure whose process is killed', (database) => {
  const erased = (found: number): object => ({ outcome: 'erased', receipt: { found, erased: found } });

  const resume = (order: number): Promise<ErasureOutcome> =>
    postgresTablesEraser(database.pool(), { tables, clock: tickingClock() })(nthOrder(order));

  it('is resumed with the same order, and counts the whole', async () => {
    const items = Array.from({ length: 3000 }, (_, index) => `item ${index}`);
    const other = { ...nthOrder(1), dataSetId: nthOrder(2).idempotencyKey as string as never };
    await database.pool().query(createTables);
    for (const round of [1, 2, 3]) {
      await insertItems(database.pool(), nthOrder(round), items);
      await insertItems(database.pool(), other, ['stays']);
      const child = startErasingProcess({
        connectionString: database.connectionString(),
        order: round,
        rowsPerTransaction: 20,
      });
      // The first two make the schema and the record.
      await child.untilCommitted(2 + 15 * round);
      child.kill();
      expect(await child.ended).toBe(false);
      const left = (await itemsOf(database.pool(), nthOrder(round))).length;
      expect(left).toBeLessThan(3000);
      expect(left).toBeGreaterThan(0);

      const outcome = await resume(round);
      expect(outcome).toMatchObject(erased(3000));
      expect(await itemsOf(database.pool(), nthOrder(round))).toEqual([]);
      expect(await itemsOf(database.pool(), other)).toHaveLength(round);
      expect(await resume(round)).toEqual(outcome);
    }
    await database.pool().query(dropTables);
  });
});
