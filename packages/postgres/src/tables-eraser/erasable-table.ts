import type { ErasureOrder } from '@mandate/deletion';
import type { PostgresClient } from '../postgres-pool';
import { sqlName } from '../sql-name';

/** A table that holds items of data sets: one row is one item. */
export interface ErasableTable {
  /** Default `public`. */
  readonly schema?: string;
  /** As the database calls it, without quotes: `message`, or `Message` where it was made as `"Message"`. */
  readonly table: string;
  /** The columns that hold the ids as the history has them, as `uuid` or as text. An index on both makes erasing quick. */
  readonly contractColumn: string;
  readonly dataSetColumn: string;
}

export type DataSetPlace = Pick<ErasureOrder, 'contractId' | 'dataSetId'>;

/** What can be done with the rows of a data set in one table. */
export interface ErasableRows {
  /** The table as it stands in SQL. */
  readonly name: string;
  readonly count: (client: PostgresClient, place: DataSetPlace) => Promise<number>;
  /** Deletes so many rows at most, and answers how many it was. */
  readonly eraseSome: (client: PostgresClient, place: DataSetPlace, rowsMax: number) => Promise<number>;
}

/** Throws a `RangeError` for names that are none. */
export const erasableRows = (wanted: ErasableTable, index: number): ErasableRows => {
  const where = `tables[${index}]`;
  const { schema = 'public', table, contractColumn, dataSetColumn } = wanted;
  const name = `${sqlName(schema, `${where}.schema`)}.${sqlName(table, `${where}.table`)}`;
  const contract = sqlName(contractColumn, `${where}.contractColumn`);
  const dataSet = sqlName(dataSetColumn, `${where}.dataSetColumn`);
  if (contract === dataSet) throw new RangeError(`${where}: expected two columns; found one name for both.`);
  // The contract stands in every condition: erasing outside of it would itself be a breach (S16).
  const isOfOrder = `${contract} = $1 AND ${dataSet} = $2`;
  // The condition stands twice: in a partitioned table several rows have the same place.
  const erase = `
    DELETE FROM ${name} WHERE ${isOfOrder}
      AND ctid = ANY (ARRAY(SELECT ctid FROM ${name} WHERE ${isOfOrder} LIMIT $3))`;
  return {
    name,
    count: async (client, { contractId, dataSetId }) => {
      const { rows } = await client.query(`SELECT count(*) AS rows FROM ${name} WHERE ${isOfOrder}`, [
        contractId,
        dataSetId,
      ]);
      return Number((rows[0] as { readonly rows: unknown }).rows);
    },
    eraseSome: async (client, { contractId, dataSetId }, rowsMax) => {
      const { rowCount } = await client.query(erase, [contractId, dataSetId, rowsMax]);
      return rowCount ?? 0;
    },
  };
};
