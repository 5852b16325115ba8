import { readFile } from 'node:fs/promises';
import {
  sendLogFields,
  type ColumnName,
  type SendLogColumns,
  type SendLogField,
  type SendLogFormat,
} from '@mandate/audit';
import { isRecord, shapeOf } from '@mandate/event-sourcing';
import { InputError } from '../input-error';

export interface LogColumnOptions {
  readonly column?: readonly string[];
  readonly columns?: string;
  readonly constant?: readonly string[];
  readonly listSeparator?: string;
}

type Columns = Partial<Record<SendLogField, ColumnName>>;

const isField = (word: string): word is SendLogField => sendLogFields.some((field) => field === word);

const fieldIn = (option: string, word: string): SendLogField => {
  if (isField(word)) return word;
  throw new InputError(
    `${option}: expected one of the fields ${sendLogFields.join(', ')}, found a word of ${word.length} characters.`,
  );
};

/** Pairs like `at=sent_at`, each field once. */
const pairsIn = (option: string, texts: readonly string[]): ReadonlyMap<SendLogField, string> => {
  const pairs = new Map<SendLogField, string>();
  for (const text of texts) {
    const end = text.indexOf('=');
    if (end < 0 || end === text.length - 1)
      throw new InputError(
        `${option}: expected FIELD=VALUE like at=sent_at, found ${text.length} characters that are none.`,
      );
    const field = fieldIn(option, text.slice(0, end));
    if (pairs.has(field))
      throw new InputError(`${option}: expected each field once, found ${field} more than once.`);
    pairs.set(field, text.slice(end + 1));
  }
  return pairs;
};

/** One step of a JSONPath that names one place (RFC 9535): `.name`, `['any name']`, `[0]`. */
const step = /\.([\p{L}_][\p{L}\p{N}_]*)|\['([^'\\]+)'\]|\["([^"\\]+)"\]|\[(\d+)\]/uy;

const stepsOfPath = (text: string): readonly string[] => {
  const steps: string[] = [];
  step.lastIndex = 1;
  while (step.lastIndex < text.length) {
    const names: readonly (string | undefined)[] = step.exec(text)?.slice(1) ?? [];
    const found = names.find((name) => name !== undefined);
    if (found === undefined) return [];
    steps.push(found);
  }
  return steps;
};

/** A way through nested objects: names between dots, or a JSONPath. */
const wayIn = (option: string, text: string): ColumnName => {
  const [first, ...rest] = text.startsWith('$') ? stepsOfPath(text) : text.split('.');
  if (first !== undefined && ![first, ...rest].includes('')) return [first, ...rest];
  throw new InputError(
    `${option}: expected a name, names between dots, or a path to one place like $.meta['sent.at'], ` +
      `found ${text.length} characters that are none.`,
  );
};

const columnIn = (option: string, text: string, format: SendLogFormat): ColumnName =>
  // What CSV calls a column may hold dots.
  format === 'csv' ? text : wayIn(option, text);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const mappingIn = async (file: string): Promise<Readonly<Record<string, unknown>>> => {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new InputError(
      '--columns: expected a file that can be read, found none. Check the path and the rights.',
    );
  });
  const mapping = parsed(text);
  if (isRecord(mapping)) return mapping;
  throw new InputError(
    '--columns: expected a file with a JSON object like {"at": "sent_at", "purpose": ["meta", "why"]}, ' +
      `found ${mapping === undefined ? `${text.length} characters that are no JSON` : shapeOf(mapping)}.`,
  );
};

const isSteps = (value: unknown): value is readonly [string, ...string[]] =>
  Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string' && name !== '');

const columnsIn = async (
  { columns, column = [] }: LogColumnOptions,
  format: SendLogFormat,
): Promise<Columns> => {
  const mapped: Columns = {};
  const mapping = columns === undefined ? {} : await mappingIn(columns);
  for (const [word, value] of Object.entries(mapping)) {
    const field = fieldIn('--columns', word);
    if (typeof value === 'string') mapped[field] = columnIn(`--columns: ${field}`, value, format);
    else if (isSteps(value)) mapped[field] = value;
    else
      throw new InputError(
        `--columns: ${field}: expected the name of a column or a list of names, found ${shapeOf(value)}.`,
      );
  }
  for (const [field, text] of pairsIn('--column', column)) {
    mapped[field] = columnIn(`--column ${field}`, text, format);
  }
  return mapped;
};

/** Where each field of an operation stands in the log. Throws an `InputError` for what cannot be meant. */
export const logColumnsIn = async (
  options: LogColumnOptions,
  format: SendLogFormat,
): Promise<SendLogColumns> => {
  const columns = await columnsIn(options, format);
  const constants = pairsIn('--constant', options.constant ?? []);
  const [both] = [...constants.keys()].filter((field) => columns[field] !== undefined);
  if (both !== undefined)
    throw new InputError(
      `--constant: expected fields that have no column, found ${both}, which has one, too.`,
    );
  return {
    columns,
    constants: Object.fromEntries(constants),
    ...(options.listSeparator !== undefined && { listSeparator: options.listSeparator }),
  };
};
