import fc from 'fast-check';
import type { LogRow } from '../send-log-conformance/columns';
import type { ReadOutcome } from './read-outcomes';
import { awkwardTexts, byteOrderMark, lineEnds, type WrittenLog } from './written-log';

const columns = ['at', 'two\r\nlines', 'ż"ó"'];

const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`;
const fieldOf = (field: string, isQuoted: boolean): string =>
  isQuoted || /["\r\n,|]/.test(field) ? quoted(field) : field;

/** A row with its fields as they are written, and what it is: a record, nothing, or broken. */
interface WrittenRow {
  readonly written: readonly string[];
  readonly is: LogRow | 'nothing' | 'broken';
}

const fields = (count: number): fc.Arbitrary<readonly string[]> =>
  fc.array(awkwardTexts, { minLength: count, maxLength: count });

const written = (values: readonly string[], isQuoted: boolean): readonly string[] =>
  values.map((value) => fieldOf(value, isQuoted));

const goodRow = fc.tuple(fields(columns.length), fc.boolean()).map(([values, isQuoted]): WrittenRow => ({
  written: written(values, isQuoted),
  is: Object.fromEntries(columns.map((column, index) => [column, values[index]])),
}));
const otherColumns = fc
  .tuple(fc.constantFrom(1, 2, 4, 5), fc.boolean())
  .chain(([count, isQuoted]) => fields(count).map((values) => written(values, isQuoted)))
  .filter((row) => row.join(',').trim() !== '')
  .map((row): WrittenRow => ({ written: row, is: 'broken' }));
/** Quotes in the middle of a field, any number of them, in rows with and without the right columns. */
const strayQuotes = fc
  .tuple(awkwardTexts, fc.constantFrom('a"', 'a"b"', '5" 6" 7"'), fc.array(awkwardTexts, { maxLength: 2 }))
  .map(([first, stray, rest]): WrittenRow => ({
    written: [quoted(first), stray, ...written(rest, true)],
    is: 'broken',
  }));
const blank = fc.constant<WrittenRow>({ written: [], is: 'nothing' });

const csvRow = fc.oneof(
  { weight: 5, arbitrary: goodRow },
  ...[otherColumns, strayQuotes, blank].map((arbitrary) => ({ weight: 1, arbitrary })),
);

const newlinesIn = (content: string): number => content.split('\n').length - 1;

const outcomeOfRow = ({ is }: WrittenRow, line: number): readonly ReadOutcome[] => {
  if (is === 'nothing') return [];
  return is === 'broken' ? [{ line, problem: 'not-csv' }] : [{ line, row: is }];
};

/** Logs of CSV with what comes of them, known from the writing. */
export const csvLogs = (delimiter: string): fc.Arbitrary<WrittenLog> =>
  fc
    .record({
      rows: fc.array(fc.tuple(csvRow, lineEnds), { maxLength: 12 }),
      headEnd: lineEnds,
      hasMark: fc.boolean(),
      hasEnd: fc.boolean(),
    })
    .map(({ rows, headEnd, hasMark, hasEnd }) => {
      let content = `${written(columns, false).join(delimiter)}${headEnd}`;
      const outcomes: ReadOutcome[] = [];
      for (const [index, [row, end]] of rows.entries()) {
        outcomes.push(...outcomeOfRow(row, newlinesIn(content) + 1));
        content += `${row.written.join(delimiter)}${index === rows.length - 1 && !hasEnd ? '' : end}`;
      }
      return { bytes: Buffer.concat([...(hasMark ? [byteOrderMark] : []), Buffer.from(content)]), outcomes };
    });

const unsoundRows = ['"a"b,c,d', 'a,"b\n"c,d', '"a,b,c\nd,e,f\n', '"'] as const;

/**
 * Logs with a row in the middle whose quotes end where no column ends, or nowhere. What follows holds no quotes: they
 * would end it somewhere.
 */
export const unsoundCsvLogs: fc.Arbitrary<WrittenLog> = fc
  .tuple(csvLogs(','), fc.constantFrom(...unsoundRows), fc.boolean())
  .map(([{ bytes, outcomes }, unsound, hasMore]) => {
    const before = bytes.toString().endsWith('\n') ? bytes : Buffer.concat([bytes, Buffer.from('\n')]);
    const line = newlinesIn(before.toString()) + 1;
    const more = hasMore ? '\ng,h,i\nj,k,l\n' : '';
    return {
      bytes: Buffer.concat([before, Buffer.from(`${unsound}${more}`)]),
      outcomes: [...outcomes, { line, problem: 'log-cut-off' }],
    };
  });
