import { shapeOf } from '@mandate/event-sourcing';
import type { DataSetOrder } from './erasure-record';
import type { SqliteDatabase } from './driver';

/** A table that holds items of data sets: one row is one item. */
export interface ErasableTable {
  readonly table: string;
  /** The columns that hold the ids, as the history has them: UUIDs in lower case. */
  readonly contractColumn: string;
  readonly dataSetColumn: string;
}

/** A table that cannot be erased as it was said. Somebody has to change the options, or the file. */
export class TableNotErasableError extends Error {
  override readonly name = 'TableNotErasableError';
  readonly code = 'table-not-erasable';
}

/** Tells this error from any other, also when two copies of this package are installed. */
export const isTableNotErasableError = (error: unknown): error is TableNotErasableError =>
  error instanceof Error && 'code' in error && error.code === 'table-not-erasable';

/** What can be done with the rows of an order in one table. */
export interface ErasableRows {
  readonly count: (order: DataSetOrder) => number;
  /** Removes so many rows at most, and answers how many it was. */
  readonly removeSome: (order: DataSetOrder, rowsMax: number) => number;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

interface Column {
  readonly name: string;
  readonly pk: number;
}

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const columnsOf = (database: SqliteDatabase, { table, contractColumn, dataSetColumn }: ErasableTable) => {
  const columns = database
    .prepare('SELECT name, pk FROM pragma_table_xinfo(?1)')
    .all(table) as readonly Column[];
  // SQLite takes a quoted name that no column has for a text: it would find nothing, and say so.
  for (const needed of [contractColumn, dataSetColumn]) {
    if (columns.some(({ name }) => sameName(name, needed))) continue;
    throw new TableNotErasableError(
      `Expected a column ${quoted(needed)} in table ${quoted(table)}, found none. Name the columns that hold the ids.`,
    );
  }
  return columns;
};

interface KindOfTable {
  readonly type: string;
  readonly wr: number;
}

const kindOf = (database: SqliteDatabase, table: string): KindOfTable => {
  const kind = database
    .prepare("SELECT type, wr FROM pragma_table_list WHERE schema = 'main' AND name = ?1 COLLATE NOCASE")
    .get(table) as KindOfTable | undefined;
  if (kind?.type === 'table') return kind;
  throw new TableNotErasableError(
    `Expected a table named ${quoted(table)}, found ${kind === undefined ? 'none' : `a ${kind.type}`}. ` +
      'Name the tables that hold the rows themselves.',
  );
};

/** What names one row: any name of its number that no column has taken, or its primary key. */
const rowKeyOf = (table: string, { wr }: KindOfTable, columns: readonly Column[]): string => {
  const primary = columns.filter(({ pk }) => pk > 0).map(({ name }) => quoted(name));
  const number = ['_rowid_', 'rowid', 'oid'].find(
    (name) => !columns.some((column) => sameName(column.name, name)),
  );
  const key = wr === 1 ? primary.join(', ') : number;
  if (key !== undefined) return wr === 1 && primary.length > 1 ? `(${key})` : key;
  throw new TableNotErasableError(
    `Expected a name for the row number of table ${quoted(table)}, found columns that take all three. Rename one.`,
  );
};

/** Looks at a table and prepares its erasure. Throws a {@link TableNotErasableError}. */
export const erasableRows = (database: SqliteDatabase, wanted: ErasableTable): ErasableRows => {
  const { table, contractColumn, dataSetColumn } = wanted;
  const kind = kindOf(database, table);
  const key = rowKeyOf(table, kind, columnsOf(database, wanted));
  const selected = key.replace(/^\((.*)\)$/, '$1');
  // The contract stands in every condition: erasing outside of it would itself be a breach (S16).
  const ofOrder = `${quoted(contractColumn)} = ?1 AND ${quoted(dataSetColumn)} = ?2`;
  const from = `FROM main.${quoted(table)} WHERE ${ofOrder}`;
  const count = database.prepare(`SELECT count(*) AS rows ${from}`);
  const remove = database.prepare(`DELETE ${from} AND ${key} IN (SELECT ${selected} ${from} LIMIT ?3)`);
  return {
    count: ({ contractId, dataSetId }) =>
      (count.get(contractId, dataSetId) as { readonly rows: number }).rows,
    removeSome: ({ contractId, dataSetId }, rowsMax) =>
      Number(remove.run(contractId, dataSetId, rowsMax).changes),
  };
};

/** Checks what can be checked before there is a file. Throws a `TypeError`. */
export const checkTables = (tables: readonly ErasableTable[]): void => {
  if (tables.length === 0) throw new TypeError('Expected at least one table to erase, found none.');
  for (const [index, table] of tables.entries()) {
    for (const field of ['table', 'contractColumn', 'dataSetColumn'] as const) {
      const name: unknown = table[field];
      if (typeof name === 'string' && name !== '' && !name.includes('\0')) continue;
      throw new TypeError(`tables[${index}].${field}: expected a name, found ${shapeOf(name)}.`);
    }
    if (sameName(table.contractColumn, table.dataSetColumn)) {
      throw new TypeError(`tables[${index}]: expected two columns, found one name for both.`);
    }
  }
};
