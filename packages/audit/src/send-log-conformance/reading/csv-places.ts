import type { CsvError } from 'csv-parse';
import type { LogRow } from '../columns';
import { LineCounter } from './line-counter';
import { endOfRow } from './row-end';
import type { RowSink } from './row-sink';

export interface CsvForm {
  /** Between the columns. */
  readonly delimiter: string;
  readonly rowBytesMax: number;
  /** Told the names of the columns, of which there are none in an empty log; throws when they will not do. */
  readonly onHead: (names: readonly string[]) => void;
  /** Of the other columns nothing is kept. */
  readonly isWanted: (name: string) => boolean;
}

/** What the parser says, without what it read. */
export const sentenceOfCsv = (code: string): string =>
  `expected a row with the columns of the head and closed quotes (RFC 4180), found another (${code}).`;

const rowTooLong = (rowBytesMax: number): string =>
  `expected rows of at most ${rowBytesMax} bytes (lineBytesMax), found a longer one.`;

const rowWithoutEnd = (rowBytesMax: number): string =>
  `expected rows of at most ${rowBytesMax} bytes (lineBytesMax), found one that does not end; perhaps a quote is not closed. What follows was not checked.`;

const quotesUnsound = (code: string): string =>
  `expected quoted fields to end where a column ends (RFC 4180), found a quote that does not (${code}), so that nobody can say where the next row begins. What follows was not checked.`;

/**
 * Gives out rows with the lines on which they begin. A row begins where the one before it ended, which the parser says for
 * every row but one: that with a quote in the middle of a field, of which it only says that it is there.
 */
export class CsvPlaces {
  readonly #sink: RowSink;
  readonly #rowBytesMax: number;
  readonly #delimiter: Buffer;
  readonly #lines = new LineCounter();
  #hasHead = false;
  /** What is wrong with the row that is being read. */
  #stray: string | undefined;
  #failure: string | undefined;

  constructor(sink: RowSink, { delimiter, rowBytesMax }: Pick<CsvForm, 'delimiter' | 'rowBytesMax'>) {
    this.#sink = sink;
    this.#rowBytesMax = rowBytesMax;
    this.#delimiter = Buffer.from(delimiter);
  }

  /** Why nothing more can be read. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** The line from which on nothing was given out. */
  line(): number {
    return this.#lines.nextLine();
  }

  add(bytes: Uint8Array): void {
    this.#lines.add(bytes);
  }

  /** With a quote that is never closed the parser would take in the whole log. */
  requireEnds(): void {
    this.#lines.nextLine();
    if (this.#lines.waiting > this.#rowBytesMax) this.fail(rowWithoutEnd(this.#rowBytesMax));
  }

  fail(sentence: string): void {
    this.#failure ??= sentence;
  }

  head(end: number): void {
    this.#hasHead = true;
    this.#lines.countTo(end);
  }

  row(row: LogRow, end: number): void {
    if (this.#failure !== undefined) return;
    this.#closeStray(end);
    this.#give(end, (line) => this.#sink.row(line, row));
  }

  /** Takes what the parser passed over; `at` is where it was when it last came to the end of a field or row. */
  skip({ code }: CsvError, at: number): void {
    if (this.#failure !== undefined) return;
    if (code.startsWith('CSV_RECORD_INCONSISTENT')) {
      this.#closeStray(at - 1);
      this.#giveBroken(at, sentenceOfCsv(code));
      return;
    }
    this.#closeStray(at);
    if (code === 'INVALID_OPENING_QUOTE' && this.#hasHead) this.#stray ??= sentenceOfCsv(code);
    // The parser goes on within the quotes, through any number of rows.
    else this.fail(quotesUnsound(code));
  }

  /** Everything was read. */
  end(): void {
    if (this.#stray !== undefined) this.#giveBroken(Infinity, this.#stray);
  }

  /** Gives out the row with a stray quote once it has ended, if it did so up to a place. */
  #closeStray(until: number): void {
    if (this.#stray === undefined) return;
    this.#lines.nextLine();
    const length = endOfRow(this.#lines.rest(), this.#delimiter);
    if (length === undefined || this.#lines.counted + length > until) return;
    this.#giveBroken(this.#lines.counted + length, this.#stray);
  }

  #giveBroken(end: number, sentence: string): void {
    this.#stray = undefined;
    this.#give(end, (line) => this.#sink.broken(line, 'not-csv', sentence));
  }

  #give(end: number, tell: (line: number) => void): void {
    const line = this.#lines.nextLine();
    const isTooLong = end - this.#lines.counted > this.#rowBytesMax && end !== Infinity;
    this.#lines.countTo(end);
    if (isTooLong) this.#sink.broken(line, 'line-too-long', rowTooLong(this.#rowBytesMax));
    else tell(line);
  }
}
