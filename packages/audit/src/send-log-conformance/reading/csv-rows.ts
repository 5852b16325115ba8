import { finished } from 'node:stream/promises';
import { CsvError, parse, type Parser } from 'csv-parse';
import type { LogRow } from '../columns';
import { CsvPlaces, sentenceOfCsv, type CsvForm } from './csv-places';
import type { ReadRows } from './row-sink';

const partBytes = 64 * 1024;

/** The head of a log, which may not do. */
class Head {
  readonly #onHead: CsvForm['onHead'];
  #names: readonly string[] | undefined;
  #isChecked = false;

  constructor(onHead: CsvForm['onHead']) {
    this.#onHead = onHead;
  }

  read(names: readonly string[]): void {
    this.#names = names;
  }

  /** Not from within the parser, which would take what is thrown for a failure of its own. */
  check(): void {
    if (this.#names !== undefined && !this.#isChecked) this.#onHead(this.#names);
    this.#isChecked = this.#names !== undefined;
  }

  /** Of a log that was read to its end. */
  checkAtTheEnd(): void {
    this.#names ??= [];
    this.check();
  }
}

/** A parser that tells of each row as soon as it has come to its end, and keeps none. */
const parserInto = (places: CsvPlaces, head: Head, { delimiter, isWanted }: CsvForm): Parser => {
  const parser = parse({
    bom: true,
    columns: (names: readonly string[]) => {
      places.head(parser.info.bytes);
      head.read(names);
      return names.map((name) => (isWanted(name) ? name : false));
    },
    delimiter,
    on_record: (row: LogRow, { bytes }) => {
      places.row(row, bytes);
      return null;
    },
    record_delimiter: ['\r\n', '\n'],
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
  parser.on('skip', (error: CsvError) => places.skip(error, parser.info.bytes));
  parser.on('error', (error) => places.fail(sentenceOfFailure(error)));
  return parser;
};

const sentenceOfFailure = (error: unknown): string =>
  error instanceof CsvError
    ? sentenceOfCsv(error.code)
    : 'expected rows of CSV (RFC 4180), found what the parser gave up on.';

const endOf = async (parser: Parser): Promise<void> => {
  parser.end();
  // What stopped it is known from its event.
  await finished(parser.resume()).catch(() => undefined);
};

const inParts = async function* (pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length; from += partBytes) yield piece.subarray(from, from + partBytes);
  }
};

/** Reads a log of rows with a head (RFC 4180); quoted fields may hold newlines. Throws what `onHead` throws. */
export const readCsvRows = (form: CsvForm): ReadRows =>
  async function* readRows({ pieces, cutOff }, sink) {
    const places = new CsvPlaces(sink, form);
    const head = new Head(form.onHead);
    const parser = parserInto(places, head, form);
    try {
      for await (const part of inParts(pieces)) {
        places.add(part);
        parser.write(part);
        head.check();
        places.requireEnds();
        yield;
        if (places.failure !== undefined) break;
      }
      // Half a row would be taken for something that it is not.
      if (cutOff() === undefined && places.failure === undefined) await endOf(parser);
    } finally {
      parser.destroy();
    }
    const problem = cutOff() ?? places.failure;
    if (problem === undefined) {
      head.checkAtTheEnd();
      places.end();
    } else sink.broken(places.line(), 'log-cut-off', problem);
  };
