import { Readable } from 'node:stream';
import { CsvError, parse, type Parser } from 'csv-parse';
import type { LogRow } from '../columns';
import { isSendLogError } from '../send-log-error';
import { feedOf } from './csv-feed';
import { LineCounter } from './line-counter';
import type { ReadRows, RowSink } from './row-sink';

export interface CsvForm {
  /** Between the columns. */
  readonly delimiter: string;
  readonly rowBytesMax: number;
  /** Told the names of the columns, of which there are none in an empty log; throws when they will not do. */
  readonly onHead: (names: readonly string[]) => void;
  /** Of the other columns nothing is kept. */
  readonly isWanted: (name: string) => boolean;
}

interface CsvRecord {
  readonly record: Readonly<Record<string, string>>;
  readonly raw: string;
  /** Where it ends, counted in bytes from the beginning of the log. */
  readonly info: { readonly bytes: number };
}

/**
 * The parser takes every byte for a character, so that lengths tell where a row begins, also in a log that is written in
 * no UTF-8. What is read is text again afterwards.
 */
const byteForByte = 'latin1';

const textOf = (field: string): string =>
  // Most fields are ids and words: the same in both.
  /^[\0-\x7f]*$/.test(field) ? field : Buffer.from(field, byteForByte).toString('utf8');

const parserOf = (
  { delimiter, isWanted }: CsvForm,
  onHead: (names: readonly string[], end: number) => void,
): Parser => {
  const parser = parse({
    columns: (fields: readonly string[]) => {
      const names = fields.map(textOf);
      onHead(names, parser.info.bytes);
      return names.map((name) => (isWanted(name) ? name : false));
    },
    delimiter,
    encoding: byteForByte,
    info: true,
    raw: true,
    record_delimiter: ['\r\n', '\n'],
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
  return parser;
};

/** What the parser says, without what it read. */
const sentenceOf = (error: unknown): string =>
  error instanceof CsvError
    ? `expected a row with the columns of the head and closed quotes (RFC 4180), found another (${error.code}).`
    : 'expected rows of CSV (RFC 4180), found what the parser gave up on.';

const rowTooLong = (rowBytesMax: number): string =>
  `expected rows of at most ${rowBytesMax} bytes (lineBytesMax), found one that does not end; perhaps a quote is not closed. What follows was not checked.`;

const rowsPerStep = 500;

/** The next record, the end, or what stopped the parser. */
const nextOf = async (
  records: AsyncIterator<CsvRecord>,
): Promise<IteratorResult<CsvRecord, unknown> | { readonly failure: unknown }> => {
  try {
    return (await records.next()) as IteratorResult<CsvRecord, unknown>;
  } catch (failure) {
    return { failure };
  }
};

/** A row that the parser passed over. */
interface SkippedRow {
  readonly sentence: string;
  /** A byte of the row. */
  readonly at: number;
}

/**
 * The parser is behind a row with other columns when it sees that, and in front of one with a stray quote. Three bytes back
 * are in the row, or in front of it when it holds less than an end of line.
 */
const skippedRow = (error: CsvError, { info }: Parser): SkippedRow => ({
  sentence: sentenceOf(error),
  at: error.code.startsWith('CSV_RECORD_INCONSISTENT') ? info.bytes - 3 : info.bytes,
});

const rowOf = (record: CsvRecord['record']): LogRow => {
  const row: Record<string, string> = {};
  for (const [name, field] of Object.entries(record)) row[name] = textOf(field);
  return row;
};

/** Gives out what was read in its order, each record when another one follows: the last one may have been cut. */
class RowOrder {
  readonly #sink: RowSink;
  readonly #lines: LineCounter;
  readonly #skipped: SkippedRow[] = [];
  #held: { readonly row: LogRow; readonly line: number } | undefined;
  #brokenLine = 0;

  constructor(sink: RowSink, lines: LineCounter) {
    this.#sink = sink;
    this.#lines = lines;
  }

  skip(row: SkippedRow): void {
    this.#skipped.push(row);
  }

  take(next: CsvRecord): void {
    this.end();
    const { bytes } = next.info;
    const start = bytes - next.raw.length;
    this.#giveSkipped(start);
    this.#lines.countTo(start);
    this.#held = { row: rowOf(next.record), line: this.#lines.nextLine() };
    this.#lines.countTo(bytes);
  }

  /** The record that was held back is whole. */
  end(): void {
    if (this.#held !== undefined) this.#sink.row(this.#held.line, this.#held.row);
    this.#held = undefined;
  }

  /** What was passed over in front of a place. */
  #giveSkipped(end: number): void {
    for (let [row] = this.#skipped; row !== undefined && row.at < end; [row] = this.#skipped) {
      this.#skipped.shift();
      this.#lines.countTo(row.at);
      const line = this.#lines.nextLine();
      // A row with several stray quotes is passed over once for each.
      if (line !== this.#brokenLine) this.#sink.broken(line, 'not-csv', row.sentence);
      this.#brokenLine = line;
    }
  }

  /** Everything that is left. */
  endAll(): void {
    this.end();
    this.#giveSkipped(Infinity);
  }
}

/** Takes record by record, and says what stopped the parser, if something did. */
const takeAll = async function* (
  records: AsyncIterator<CsvRecord>,
  rows: RowOrder,
): AsyncGenerator<void, string | undefined> {
  for (let count = 1; ; count += 1) {
    const next = await nextOf(records);
    if ('failure' in next) {
      if (isSendLogError(next.failure)) throw next.failure;
      return sentenceOf(next.failure);
    }
    if (next.done === true) return undefined;
    rows.take(next.value);
    if (count % rowsPerStep === 0) yield;
  }
};

/** Reads a log of rows with a head (RFC 4180); quoted fields may hold newlines. */
export const readCsvRows = (form: CsvForm): ReadRows =>
  async function* readRows({ pieces, cutOff }, sink) {
    const { rowBytesMax, onHead } = form;
    const lines = new LineCounter();
    const heads: (readonly string[])[] = [];
    const parser = parserOf(form, (names, end) => {
      heads.push(names);
      onHead(names);
      lines.countTo(end);
    });
    const rows = new RowOrder(sink, lines);
    parser.on('skip', (error: CsvError) => rows.skip(skippedRow(error, parser)));
    const source = Readable.from(feedOf(pieces, { lines, rowBytesMax }), {
      objectMode: true,
      highWaterMark: 1,
    });
    source.on('error', (error) => parser.destroy(error));
    let failure: string | undefined;
    try {
      const records = (source.pipe(parser) as AsyncIterable<CsvRecord>)[Symbol.asyncIterator]();
      failure = yield* takeAll(records, rows);
    } finally {
      source.destroy();
      parser.destroy();
    }
    const tooLong = lines.waiting > rowBytesMax ? rowTooLong(rowBytesMax) : undefined;
    const problem = cutOff() ?? tooLong ?? failure;
    if (problem === undefined && heads.length === 0) onHead([]);
    if (problem === undefined) rows.endAll();
    else sink.broken(lines.nextLine(), 'log-cut-off', problem);
  };
