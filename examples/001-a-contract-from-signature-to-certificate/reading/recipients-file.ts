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

const textOf = ({ number, bytes }: Line): string => {
  const text = bytes.toString('utf8').trimEnd();
  return number === 1 ? text.replace(/^\uFEFF/, '') : text;
};

const troubleOf = (line: Line, text: string): Omit<RejectedLine, 'line'> | undefined => {
  if (line.isTooLong) return { field: 'line', expected: 'at most 64 KiB', found: 'a longer line' };
  if (!isUtf8(line.bytes)) return { field: 'line', expected: 'UTF-8', found: 'bytes that are no UTF-8' };
  if (text === '') return { field: 'line', expected: 'a recipient', found: 'an empty line' };
  return wellQuoted.test(text)
    ? undefined
    : { field: 'line', expected: 'quotes that close', found: 'a broken quote' };
};

/** What is known of lines that the CSV parser has not given back yet, or never sees. */
interface LinesOnTheWay {
  readonly rejected: RejectedLine[];
  /** The numbers of the lines that it sees, in order. Each of them is one record, whatever it counts as a line. */
  readonly parsed: number[];
}

/** What the CSV parser may see. */
async function* wellFormedLines(path: string, onTheWay: LinesOnTheWay): AsyncGenerator<string> {
  for await (const line of linesOf(path)) {
    const text = textOf(line);
    const trouble = troubleOf(line, text);
    if (trouble !== undefined) onTheWay.rejected.push({ line: line.number, ...trouble });
    else {
      onTheWay.parsed.push(line.number);
      yield `${text}\n`;
    }
  }
}

const fields: readonly (readonly [string, (text: string) => boolean, string])[] = [
  ['name', (text) => /^\p{L}[\p{L}\p{M} .'-]{1,99}$/u.test(text), 'a name of letters'],
  ['e-mail', (text) => /^[^\s@",]{1,64}@[^\s@",]{1,190}\.[a-z]{2,24}$/i.test(text), 'an e-mail address'],
  ['phone', (text) => /^\+\d{8,15}$/.test(text.replaceAll(' ', '')), 'a phone number (like +48 and digits)'],
  ['opted-out', (text) => text === 'yes' || text === 'no', 'yes or no'],
];

const judged = (record: readonly string[], line: number): ReadRecipient => {
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

const strangeHeaderOf = (found: readonly string[]): string => {
  if (found.length === 0) return 'nothing';
  if (found.length !== recipientColumns.length)
    return `${found.length} column${found.length === 1 ? '' : 's'}`;
  const others = recipientColumns.flatMap((name, index) => (name === found[index] ? [] : [index + 1]));
  return others.length === 1
    ? `another name in column ${others.join()}`
    : `other names in columns ${others.join(', ')}`;
};

const requireHeader = (file: string, found: readonly string[], [before]: readonly RejectedLine[]): void => {
  const isFirst = before === undefined || before.line > 1;
  if (isFirst && found.join() === recipientColumns.join()) return;
  const expected = `the header ${recipientColumns.join(',')}`;
  throw new InputProblem([
    { file, line: 1, expected, found: isFirst ? strangeHeaderOf(found) : before.found },
  ]);
};

const rejectedBefore = (rejected: RejectedLine[], line: number): ReadRecipient[] => {
  const count = rejected.findIndex((later) => later.line > line);
  return rejected
    .splice(0, count === -1 ? rejected.length : count)
    .map((earlier) => ({ kind: 'rejected', rejected: earlier }));
};

async function* parsedLines(path: string, onTheWay: LinesOnTheWay): AsyncGenerator<readonly string[]> {
  const parser = parse({ trim: true, record_delimiter: '\n', relax_column_count: true });
  const source = Readable.from(wellFormedLines(path, onTheWay));
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const record of source.pipe(parser)) yield record as readonly string[];
  } finally {
    // Whoever stops early leaves no file open.
    source.destroy();
  }
}

/** Every recipient and every line that holds none, in the order of the file, with a bounded amount in memory. */
export async function* readRecipients(path: string, file: string): AsyncGenerator<ReadRecipient> {
  await requireTextFile(path, file);
  const onTheWay: LinesOnTheWay = { rejected: [], parsed: [] };
  let isHeaderRead = false;
  for await (const record of parsedLines(path, onTheWay)) {
    const line = onTheWay.parsed.shift() ?? 0;
    if (!isHeaderRead) {
      requireHeader(file, record, onTheWay.rejected);
      isHeaderRead = true;
      continue;
    }
    yield* rejectedBefore(onTheWay.rejected, line);
    yield judged(record, line);
  }
  if (!isHeaderRead) requireHeader(file, [], onTheWay.rejected);
  yield* rejectedBefore(onTheWay.rejected, Number.MAX_SAFE_INTEGER);
}

/** Throws an `InputProblem` when something is no list of recipients: no file, or none with the header of one. */
export const requireRecipients = async (path: string, file: string): Promise<void> => {
  const reading = readRecipients(path, file);
  // The header has been looked at before the first line is there.
  await reading.next();
  await reading.return(undefined);
};
