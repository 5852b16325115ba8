import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { shapeOf } from '@mandate/event-sourcing';
import { parse } from 'csv-parse';
import { InputProblem } from './input-problem';
import { linesOf, requireTextFile, type Line } from './lines-of';

/** A person the customer communicates with, as the uploaded list names her. */
export interface UploadedRecipient {
  readonly name: string;
  readonly eMail: string;
  readonly phone: string;
  readonly hasOptedOut: boolean;
}

/** Why a line of the list was not taken in. Says what was expected, never what stood there. */
export interface RejectedLine {
  readonly line: number;
  readonly field: string;
  readonly expected: string;
  readonly found: string;
}

export type ReadRecipient =
  | { readonly kind: 'recipient'; readonly line: number; readonly recipient: UploadedRecipient }
  | { readonly kind: 'rejected'; readonly rejected: RejectedLine };

export const recipientColumns = ['name', 'e-mail', 'phone', 'opted-out'] as const;

// Quotes close on the line on which they open; otherwise one broken quote would swallow its neighbours.
const wellQuoted = /^(?:"(?:[^"]|"")*"|[^",]*)(?:,(?:"(?:[^"]|"")*"|[^",]*))*$/;

const troubleOf = ({ number: line, bytes, isTooLong }: Line): RejectedLine | undefined => {
  if (isTooLong) return { line, field: 'line', expected: 'at most 64 KiB', found: 'a longer line' };
  if (!isUtf8(bytes)) return { line, field: 'line', expected: 'UTF-8', found: 'bytes that are no UTF-8' };
  const text = bytes.toString('utf8').trimEnd();
  if (text === '') return { line, field: 'line', expected: 'a recipient', found: 'an empty line' };
  return wellQuoted.test(text)
    ? undefined
    : { line, field: 'line', expected: 'quotes that close', found: 'a broken quote' };
};

/** What the CSV parser may see; a line that it must not see becomes an empty one, so that lines keep their numbers. */
async function* wellFormedLines(path: string, rejected: RejectedLine[]): AsyncGenerator<Buffer> {
  for await (const line of linesOf(path)) {
    const trouble = troubleOf(line);
    if (trouble !== undefined) rejected.push(trouble);
    yield Buffer.concat([trouble === undefined ? line.bytes : Buffer.alloc(0), Buffer.from('\n')]);
  }
}

interface ParsedLine {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

const fields: readonly (readonly [string, (text: string) => boolean, string])[] = [
  ['name', (text) => /^\p{L}[\p{L}\p{M} .'-]{1,99}$/u.test(text), 'a name of letters'],
  ['e-mail', (text) => /^[^\s@",]{1,64}@[^\s@",]{1,190}\.[a-z]{2,24}$/i.test(text), 'an e-mail address'],
  ['phone', (text) => /^\+\d{8,15}$/.test(text.replaceAll(' ', '')), 'a phone number (like +48 and digits)'],
  ['opted-out', (text) => text === 'yes' || text === 'no', 'yes or no'],
];

const judged = ({ record, info: { lines: line } }: ParsedLine): ReadRecipient => {
  if (record.length !== fields.length) {
    const found = `${record.length} fields`;
    const expected = `${fields.length} fields (${recipientColumns.join(', ')})`;
    return { kind: 'rejected', rejected: { line, field: 'line', expected, found } };
  }
  for (const [index, [field, isFine, expected]] of fields.entries()) {
    const text = record[index] ?? '';
    if (!isFine(text)) {
      return { kind: 'rejected', rejected: { line, field, expected, found: shapeOf(text) } };
    }
  }
  const [name = '', eMail = '', phone = '', optedOut] = record;
  const recipient = {
    name,
    eMail: eMail.toLowerCase(),
    phone: phone.replaceAll(' ', ''),
    hasOptedOut: optedOut === 'yes',
  };
  return { kind: 'recipient', line, recipient };
};

const requireHeader = (file: string, found: readonly string[]): void => {
  if (found.join() === recipientColumns.join()) return;
  const expected = `the header ${recipientColumns.join(',')}`;
  throw new InputProblem([{ file, line: 1, expected, found: `${found.length} other columns` }]);
};

const rejectedBefore = (rejected: RejectedLine[], line: number): ReadRecipient[] => {
  const count = rejected.findIndex((later) => later.line > line);
  return rejected
    .splice(0, count === -1 ? rejected.length : count)
    .map((earlier) => ({ kind: 'rejected', rejected: earlier }));
};

/** Every recipient and every line that holds none, in the order of the file, with a bounded amount in memory. */
export async function* readRecipients(path: string, file: string): AsyncGenerator<ReadRecipient> {
  await requireTextFile(path, file);
  const rejected: RejectedLine[] = [];
  const parser = parse({
    bom: true,
    info: true,
    trim: true,
    record_delimiter: ['\n', '\r\n'],
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const source = Readable.from(wellFormedLines(path, rejected));
  source.on('error', (error) => parser.destroy(error));
  let isHeaderRead = false;
  for await (const parsed of source.pipe(parser)) {
    const line = parsed as ParsedLine;
    if (!isHeaderRead) {
      requireHeader(file, line.record);
      isHeaderRead = true;
      continue;
    }
    yield* rejectedBefore(rejected, line.info.lines);
    yield judged(line);
  }
  if (!isHeaderRead) requireHeader(file, []);
  yield* rejectedBefore(rejected, Number.MAX_SAFE_INTEGER);
}
