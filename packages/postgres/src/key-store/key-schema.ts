import type { Component } from '../schema';

/**
 * Into how many tables the keys are spread, by a hash of their path. Destroying a key writes the one table anew that
 * held it, so more of them make that faster, and make every reading of many keys slower.
 */
const partitions = 32;

const partitionName = (index: number): string => `stored_key_${String(index).padStart(2, '0')}`;

const everyPartition = (schema: string): string =>
  Array.from(
    { length: partitions },
    (_, remainder) => `
  CREATE TABLE ${schema}.${partitionName(remainder)} PARTITION OF ${schema}.stored_key
    FOR VALUES WITH (MODULUS ${partitions}, REMAINDER ${remainder});`,
  ).join('');

// Ids compare by bytes, whatever language the database speaks. A level of a path that is not there is an empty text.
const path = `
    contract_id text COLLATE "C" NOT NULL,
    data_set_id text COLLATE "C" NOT NULL,
    recipient_id text COLLATE "C" NOT NULL`;

const tables = (schema: string): string => `
  CREATE TABLE ${schema}.stored_key (${path},
    generation bigint NOT NULL CHECK (generation > 0),
    wrapped bytea NOT NULL,
    PRIMARY KEY (contract_id, data_set_id, recipient_id)
  ) PARTITION BY HASH (contract_id, data_set_id, recipient_id);
  ${everyPartition(schema)}

  CREATE INDEX key_of_no_recipient ON ${schema}.stored_key (contract_id, data_set_id) WHERE recipient_id = '';

  CREATE TABLE ${schema}.fence (
    ordinal bigint PRIMARY KEY,${path},
    fence_revision bigint NOT NULL,
    fenced_at text NOT NULL,
    destroyed_at text,
    contracts bigint NOT NULL DEFAULT 0,
    data_sets bigint NOT NULL DEFAULT 0,
    recipients bigint NOT NULL DEFAULT 0,
    UNIQUE (contract_id, data_set_id, recipient_id)
  );

  CREATE TABLE ${schema}.frozen_contract (
    contract_id text COLLATE "C" PRIMARY KEY,
    frozen_at text NOT NULL
  );

  CREATE TABLE ${schema}.key_store (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    revision bigint NOT NULL,
    last_fence_revision bigint NOT NULL,
    last_fence_ordinal bigint NOT NULL
  );

  INSERT INTO ${schema}.key_store (revision, last_fence_revision, last_fence_ordinal) VALUES (0, 0, 0);
`;

/** The tables of a key store. */
export const keyComponent: Component = { name: 'keys', migrations: [tables] };
