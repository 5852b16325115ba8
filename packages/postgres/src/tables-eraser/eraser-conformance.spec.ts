import { describe, it } from '@jest/globals';
import { eraserConformance } from '@mandate/deletion/testing';
import { onPostgres } from '../testing/on-postgres';
import { tablesEraserHarness } from '../testing/tables-eraser-harness';

onPostgres('the eraser of PostgreSQL tables', (database) => {
  eraserConformance({ describe, it }, 'PostgreSQL tables', tablesEraserHarness(database));
});
