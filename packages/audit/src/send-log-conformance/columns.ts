import { SendLogError } from './send-log-error';

/** What a line of a send log has to say about an operation, each in a column of its own or as a constant. */
export const sendLogFields = [
  'at',
  'operation',
  'contractId',
  'dataSetId',
  'purpose',
  'categories',
  'channel',
  'country',
  'subProcessorId',
  'specialCategories',
  'specialFoundIn',
] as const;

export type SendLogField = (typeof sendLogFields)[number];

/** The fields that hold several words: a list in JSON, or words between separators. */
export const listFields: readonly SendLogField[] = ['categories', 'specialCategories'];

/** The name of a column, or the way to it through nested objects of JSON. */
export type ColumnName = string | readonly [string, ...string[]];

export interface SendLogColumns {
  /**
   * Where each field stands; a field that is not named stands in the column with its own name. A record without an
   * `operation` is one to `process`.
   */
  readonly columns?: Readonly<Partial<Record<SendLogField, ColumnName>>>;
  /** What is the same for every operation, and so stands in no column. */
  readonly constants?: Readonly<Partial<Record<Exclude<SendLogField, 'at'>, string>>>;
  /** Between the words of a list that is written as one text. Default `;`. */
  readonly listSeparator?: string;
}

/** A record of the log: an object out of a line of JSON or a row of CSV. */
export type LogRow = Readonly<Record<string, unknown>>;

/** Reads one field of a record; nothing else of the record is ever looked at. */
export type ReadField = (row: LogRow) => unknown;

const own = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as LogRow)[name]
    : undefined;

const inColumn = (column: ColumnName): ReadField => {
  const path = typeof column === 'string' ? [column] : column;
  const [name = ''] = path;
  // Words that every object inherits are no columns; all others are looked up without a question.
  if (path.length === 1 && !(name in Object.prototype)) return (row) => row[name];
  return (row) => {
    let value: unknown = row;
    for (const step of path) value = own(value, step);
    return value;
  };
};

const orElse = (value: unknown, otherwise: string): unknown =>
  value === undefined || value === null || value === '' ? otherwise : value;

const requireKnownFields = (what: string, named: object): void => {
  const unknown = Object.keys(named).filter((name) => !sendLogFields.some((field) => field === name));
  if (unknown.length === 0) return;
  throw new SendLogError(
    'send-log-option',
    `${what}: expected the fields ${sendLogFields.join(', ')}, found ${unknown.length} other. Name columns by field.`,
  );
};

/** How each field is read. Throws a `SendLogError` when the mapping names what is no field. */
export const fieldReaders = ({
  columns = {},
  constants = {},
}: SendLogColumns): Readonly<Record<SendLogField, ReadField>> => {
  requireKnownFields('columns', columns);
  requireKnownFields('constants', constants);
  const fixed: Readonly<Partial<Record<string, string>>> = constants;
  const readerOf = (field: SendLogField): ReadField => {
    const column = columns[field];
    const constant = fixed[field];
    if (constant !== undefined) return () => constant;
    const read = inColumn(column ?? field);
    // Logs of sends seldom say that something was processed; what else was done with data, they say.
    return field === 'operation' ? (row) => orElse(read(row), 'process') : read;
  };
  return Object.fromEntries(sendLogFields.map((field) => [field, readerOf(field)])) as Record<
    SendLogField,
    ReadField
  >;
};
