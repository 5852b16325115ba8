import { formatKeyPath, type KeyReplacement, type ReplaceOutcome, type StoredKey } from '@mandate/vault';
import type { PostgresClient } from '../postgres-pool';
import { lookAtKeys, type KeySight } from './key-sight';
import { columnArraysOf } from './path-columns';

const areEqual = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;

/** What replacing keys comes to, one after the other. Writes nothing. */
const decideOn = (sight: KeySight) => {
  const replaced = new Map<string, StoredKey>();

  const decide = ({ path, wrapped, expectedGeneration }: KeyReplacement): ReplaceOutcome => {
    const erased = sight.erasureOf(path);
    if (erased !== undefined) return { outcome: 'erased', erased };
    const known = replaced.get(formatKeyPath(path)) ?? sight.get(path);
    if (known === undefined) return { outcome: 'never-known' };
    const { generation } = known;
    const isRepeated = generation === expectedGeneration + 1 && areEqual(known.wrapped, wrapped);
    if (isRepeated) return { outcome: 'replaced', generation };
    if (generation !== expectedGeneration) return { outcome: 'generation-changed', generation };
    const key = { path, wrapped, generation: generation + 1 };
    replaced.set(formatKeyPath(path), key);
    return { outcome: 'replaced', generation: key.generation };
  };
  return { decide, replaced: () => [...replaced.values()] };
};

const updateOf = (schema: string): string => `
  UPDATE ${schema}.stored_key AS k SET wrapped = p.wrapped, generation = p.generation
    FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::bigint[])
      AS p (contract_id, data_set_id, recipient_id, wrapped, generation)
    WHERE (k.contract_id, k.data_set_id, k.recipient_id) = (p.contract_id, p.data_set_id, p.recipient_id)`;

/** Replaces keys within a transaction that keeps every other writer away. */
export const replaceKeys = async (
  client: PostgresClient,
  schema: string,
  replacements: readonly KeyReplacement[],
): Promise<readonly ReplaceOutcome[]> => {
  const sight = await lookAtKeys(
    client,
    schema,
    replacements.map(({ path }) => path),
  );
  const { decide, replaced } = decideOn(sight);
  const outcomes = replacements.map(decide);
  const keys = replaced();
  if (keys.length > 0) {
    await client.query(updateOf(schema), [
      ...columnArraysOf(keys.map(({ path }) => path)),
      keys.map(({ wrapped }) => Buffer.from(wrapped)),
      keys.map(({ generation }) => generation),
    ]);
  }
  return outcomes;
};
