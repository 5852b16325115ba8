import { Readable } from 'node:stream';
import { CsvError, parse, type Parser } from 'csv-parse';
import type { LogRow } from '../columns';
import { LineCounter } from './line-counter';
import type { ReadRows, RowSink } from './row-sink';

export interface CsvForm {
  /** Between the columns. */
  readonly delimiter: string;
  readonly rowBytesMax: number;
}

interface CsvRecord {
  readonly record: LogRow;
  readonly raw: string;
  /** Where it ends, counted in bytes from the beginning of the log. */
  readonly info: { readonly bytes: number };
}

/** What the parser may hold that it has not given out yet. */
const bytesAheadMax = 1024 * 1024;
const feedBytesMax = 64 * 1024;

const parserOf = (delimiter: string, onHead: (end: number) => void): Parser => {
  const parser = parse({
    bom: true,
    columns: (names: readonly string[]) => {
      onHead(parser.info.bytes);
      return [...names];
    },
    delimiter,
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

/** Feeds the parser, until a row has no end: with a quote that is never closed it would take in the whole log. */
const fed = async function* (
  pieces: AsyncIterable<Uint8Array>,
  { lines, rowBytesMax }: { readonly lines: LineCounter; readonly rowBytesMax: number },
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length; from += feedBytesMax) {
      if (lines.waiting > rowBytesMax + bytesAheadMax) return;
      const part = piece.subarray(from, from + feedBytesMax);
      lines.add(part);
      yield part;
    }
  }
};

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
    const start = bytes - Buffer.byteLength(next.raw);
    this.#giveSkipped(start);
    this.#lines.countTo(start);
    this.#held = { row: next.record, line: this.#lines.nextLine() };
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
    if ('failure' in next) return sentenceOf(next.failure);
    if (next.done === true) return undefined;
    rows.take(next.value);
    if (count % rowsPerStep === 0) yield;
  }
};

/** Reads a log of rows with a head (RFC 4180); quoted fields may hold newlines. */
export const readCsvRows = ({ delimiter, rowBytesMax }: CsvForm): ReadRows =>
  async function* readRows({ pieces, cutOff }, sink) {
    const lines = new LineCounter();
    const parser = parserOf(delimiter, (end) => lines.countTo(end));
    const rows = new RowOrder(sink, lines);
    parser.on('skip', (error: CsvError) => rows.skip(skippedRow(error, parser)));
    const source = Readable.from(fed(pieces, { lines, rowBytesMax }), { objectMode: true, highWaterMark: 1 });
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
    if (problem === undefined) rows.endAll();
    else sink.broken(lines.nextLine(), 'log-cut-off', problem);
  };
