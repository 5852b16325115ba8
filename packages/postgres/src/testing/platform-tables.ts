import type { DataSetPlace, ErasableTable } from '../tables-eraser/erasable-table';
import type { Pool } from 'pg';

/** Two tables of a platform: one whose ids are texts, one partitioned, in a schema of its own, with names of all kinds. */
export const createTables = `
  CREATE TABLE recipient (contract_id text, data_set_id text, address text);
  CREATE INDEX recipient_of_data_set ON recipient (contract_id, data_set_id);
  CREATE SCHEMA "the ""app""";
  CREATE TABLE "the ""app"""."click; of 'a' link" (
    "Contract" uuid, "data set" uuid, number bigint GENERATED ALWAYS AS IDENTITY, address text
  ) PARTITION BY HASH (number);
  CREATE TABLE "the ""app""".clicks_0 PARTITION OF "the ""app"""."click; of 'a' link"
    FOR VALUES WITH (MODULUS 2, REMAINDER 0);
  CREATE TABLE "the ""app""".clicks_1 PARTITION OF "the ""app"""."click; of 'a' link"
    FOR VALUES WITH (MODULUS 2, REMAINDER 1)`;

export const tables: readonly ErasableTable[] = [
  { table: 'recipient', contractColumn: 'contract_id', dataSetColumn: 'data_set_id' },
  {
    schema: 'the "app"',
    table: "click; of 'a' link",
    contractColumn: 'Contract',
    dataSetColumn: 'data set',
  },
];

/** One item for each text: in either table, in turn. */
export const insertItems = async (
  pool: Pool,
  { contractId, dataSetId }: DataSetPlace,
  texts: readonly string[],
): Promise<void> => {
  const into = [
    'INSERT INTO recipient',
    `INSERT INTO "the ""app"""."click; of 'a' link" ("Contract", "data set", address)`,
  ];
  const types = ['text', 'uuid'];
  for (const [index, insert] of into.entries()) {
    await pool.query(`${insert} SELECT $1::${types[index]}, $2::${types[index]}, unnest($3::text[])`, [
      contractId,
      dataSetId,
      texts.filter((_, place) => place % 2 === index),
    ]);
  }
};

export const itemsOf = async (
  pool: Pool,
  { contractId, dataSetId }: DataSetPlace,
): Promise<readonly string[]> => {
  const { rows } = await pool.query<{ readonly address: string }>(
    `SELECT address FROM recipient WHERE contract_id = $1 AND data_set_id = $2
      UNION ALL
      SELECT address FROM "the ""app"""."click; of 'a' link" WHERE "Contract"::text = $1 AND "data set"::text = $2`,
    [contractId, dataSetId],
  );
  return rows.map(({ address }) => address);
};

/** One row of the first table stays, though deleting it seems to succeed. */
export const resist = `
  CREATE FUNCTION resist() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF old.ctid = (SELECT max(ctid) FROM recipient WHERE data_set_id = old.data_set_id) THEN RETURN NULL; END IF;
    RETURN old;
  END $$;
  CREATE TRIGGER resist BEFORE DELETE ON recipient FOR EACH ROW EXECUTE FUNCTION resist()`;

export const yieldAgain = 'DROP TRIGGER resist ON recipient; DROP FUNCTION resist';

/** As after {@link createTables}, with nothing on record. */
export const emptyTables = `
  DELETE FROM recipient; DELETE FROM "the ""app"""."click; of 'a' link"; DELETE FROM mandate_erasures.erasure`;

export const dropTables = `
  DROP TABLE IF EXISTS recipient; DROP FUNCTION IF EXISTS resist; DROP SCHEMA IF EXISTS "the ""app""" CASCADE;
  DROP SCHEMA IF EXISTS mandate_erasures CASCADE`;
