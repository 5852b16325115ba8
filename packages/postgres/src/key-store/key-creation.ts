import {
  formatKeyPath,
  parentOf,
  type CreateOutcome,
  type KeyPath,
  type NewKey,
  type StoredKey,
} from '@mandate/vault';
import type { PostgresClient } from '../postgres-pool';
import { BeginAnew } from '../transaction';
import { lookAtKeys, type KeySight } from './key-sight';
import { columnArraysOf } from './path-columns';

/** What creating keys comes to, one after the other, from what is known of them. Writes nothing. */
const decideOn = (sight: KeySight) => {
  const created = new Map<string, StoredKey>();
  const knownAt = (path: KeyPath): StoredKey | undefined =>
    created.get(formatKeyPath(path)) ?? sight.get(path);

  /** Why a key that was never known cannot be created, in the order that the port lays down. */
  const hindranceTo = ({ path, parentGeneration }: NewKey): CreateOutcome | undefined => {
    const frozenAt = sight.frozenAt(path[0]);
    if (frozenAt !== undefined) return { outcome: 'frozen', frozenAt };
    const parent = parentOf(path);
    const generation = parent === null ? 0 : knownAt(parent)?.generation;
    if (generation === undefined) return { outcome: 'parent-never-known' };
    return generation === parentGeneration ? undefined : { outcome: 'parent-changed' };
  };

  const decide = (newKey: NewKey): CreateOutcome => {
    // The fence first, always: what is erased must not come back by any way.
    const erased = sight.erasureOf(newKey.path);
    if (erased !== undefined) return { outcome: 'erased', erased };
    const known = knownAt(newKey.path);
    if (known !== undefined) return { outcome: 'known', key: known };
    const hindrance = hindranceTo(newKey);
    if (hindrance !== undefined) return hindrance;
    const key = { path: newKey.path, wrapped: Uint8Array.from(newKey.wrapped), generation: 1 };
    created.set(formatKeyPath(key.path), key);
    return { outcome: 'created', key };
  };
  return { decide, created: () => [...created.values()] };
};

// In one order for all, so that two who create the same keys wait for each other instead of blocking each other.
const insertOf = (schema: string): string => `
  INSERT INTO ${schema}.stored_key (contract_id, data_set_id, recipient_id, generation, wrapped)
  SELECT contract_id, data_set_id, recipient_id, 1, wrapped
    FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) AS p (contract_id, data_set_id, recipient_id, wrapped)
    ORDER BY contract_id COLLATE "C", data_set_id COLLATE "C", recipient_id COLLATE "C"
  ON CONFLICT DO NOTHING`;

/**
 * Creates keys within a transaction that keeps fences, freezes and rotations away. Others may create at the same time:
 * when one of the keys is theirs by now, everything is begun anew, and they are known then.
 */
export const createKeys = async (
  client: PostgresClient,
  schema: string,
  newKeys: readonly NewKey[],
): Promise<readonly CreateOutcome[]> => {
  const sight = await lookAtKeys(
    client,
    schema,
    newKeys.map(({ path }) => path),
  );
  const { decide, created } = decideOn(sight);
  const outcomes = newKeys.map(decide);
  const keys = created();
  if (keys.length === 0) return outcomes;
  const bytes = keys.map(({ wrapped }) => Buffer.from(wrapped));
  const { rowCount } = await client.query(insertOf(schema), [
    ...columnArraysOf(keys.map(({ path }) => path)),
    bytes,
  ]);
  if (rowCount !== keys.length) throw new BeginAnew('another process has created one of the keys');
  return outcomes;
};
