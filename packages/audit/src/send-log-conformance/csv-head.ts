import { sendLogFields, type ColumnName, type SendLogColumns, type SendLogField } from './columns';
import { SendLogError } from './send-log-error';

const alwaysNeeded: readonly SendLogField[] = ['at', 'contractId', 'dataSetId'];
const neededToProcess: readonly SendLogField[] = ['purpose', 'categories', 'channel', 'country'];

interface SoughtColumn {
  readonly field: SendLogField;
  readonly name: string;
}

const nameOf = (column: ColumnName): string => (typeof column === 'string' ? column : column.join('.'));

/** Every column without which each row would be broken, and every one that was named. */
const soughtColumns = (
  head: readonly string[],
  { columns = {}, constants = {} }: SendLogColumns,
): readonly SoughtColumn[] => {
  const named = Object.keys(columns) as readonly SendLogField[];
  const isConstant = (field: SendLogField): boolean => Object.hasOwn(constants, field);
  const columnOf = (field: SendLogField): string => nameOf(columns[field] ?? field);
  const isProcessing = isConstant('operation')
    ? constants.operation === 'process'
    : !head.includes(columnOf('operation'));
  const needed = [...alwaysNeeded, ...(isProcessing ? neededToProcess : []), ...named];
  return [...new Set(needed)]
    .filter((field) => !isConstant(field))
    .map((field) => ({ field, name: columnOf(field) }));
};

/** A name that somebody gave; one that is more than a word may be anything, and is not repeated. */
const shown = ({ field, name }: SoughtColumn): string => {
  const word = /^[\p{L}\p{N} _.:/-]{1,64}$/u.test(name) ? `"${name}"` : `a name of ${name.length} characters`;
  return `${word} (${field})`;
};

const refuse = (expected: string, columns: readonly SoughtColumn[], head: readonly string[]): never => {
  const isSingle = head.length === 1;
  throw new SendLogError(
    'send-log-columns',
    `The head of the log: expected ${expected}: ${columns.map(shown).join(', ')}; ` +
      `found a head of ${head.length} ${isSingle ? 'column' : 'columns'}. ` +
      'Name the column in which each field stands, or give what is the same everywhere as a constant.' +
      (isSingle ? ' Only one column: is the delimiter another one?' : ''),
  );
};

/** The names of all columns that are read, whether they stand in the head or not. */
export const columnsToRead = ({ columns = {} }: SendLogColumns): ReadonlySet<string> =>
  new Set(sendLogFields.map((field) => nameOf(columns[field] ?? field)));

/** Refuses a way through nested objects, of which CSV has none. */
export const requireNames = ({ columns = {} }: SendLogColumns): void => {
  const nested = Object.values(columns).filter((column) => typeof column !== 'string' && column.length > 1);
  if (nested.length === 0) return;
  throw new SendLogError(
    'send-log-option',
    `columns: expected a name for each column of CSV, found ${nested.length} of several steps. Only JSON is nested.`,
  );
};

/**
 * Refuses a head of CSV in which a column is missing or stands twice: every row would be broken, or read from the wrong
 * place. Throws a `SendLogError`, which repeats nothing of the head.
 */
export const requireColumns = (head: readonly string[], options: SendLogColumns): void => {
  const sought = soughtColumns(head, options);
  const missing = sought.filter(({ name }) => !head.includes(name));
  if (missing.length > 0) refuse('a column for each field, missing are', missing, head);
  const twice = sought.filter(({ name }) => head.indexOf(name) !== head.lastIndexOf(name));
  if (twice.length > 0) refuse('each column once, more than once there are', twice, head);
};
