import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sqlName } from './sql-name';
import { onPostgres } from './testing/on-postgres';

const nameBytesMax = 63;

/** Names of all kinds, with what ends a name or a statement more often than by chance. */
const name = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom('"', '""', ';', '--', '.', "'", '\\', '$1', ' '),
      fc.string({ unit: 'binary' }),
    ),
  })
  .filter((text) => !text.includes('\0') && text.length > 0 && Buffer.byteLength(text) <= nameBytesMax)
  // A half of a character cannot be sent.
  .filter((text) => Buffer.from(text).toString() === text);

onPostgres('a name in SQL', (database) => {
  it('is the same name to the server, whatever it consists of', async () => {
    await fc.assert(
      fc.asyncProperty(name, async (text) => {
        const { fields, rows } = await database
          .pool()
          .query<Record<string, unknown>>(`SELECT 1 AS ${sqlName(text, 'column')}`);
        expect(fields.map((field) => field.name)).toEqual([text]);
        expect(Object.values(rows[0] ?? {})).toEqual([1]);
      }),
      { numRuns: 80 },
    );
  });
});

describe('what is no name', () => {
  it.each([
    ['', 'a text of 0 bytes'],
    ['a\0b', 'a text of 3 bytes'],
    ['é'.repeat(32), 'a text of 64 bytes'],
    [5 as unknown as string, 'a value of type number'],
  ])('is refused (%#)', (text, shape) => {
    expect(() => sqlName(text, 'tables[0].table')).toThrow(
      `tables[0].table: expected a name of 1 to 63 bytes without a null character; found ${shape}.`,
    );
  });
});
