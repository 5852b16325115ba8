import { KeyStoreError, pathsFromContract, type KeyPath, type StoredKey } from '@mandate/vault';
import type { SqliteDatabase } from '../driver';
import { keySlotsIn, wipingOf } from './key-slots';
import { columnsOf, isBeneath, isOnChain, pathColumns, pathOf, type PathRow } from './path-columns';

/** Keys by place. Knows nothing of fences and freezes. */
export interface StoredKeys {
  get(path: KeyPath): StoredKey | undefined;
  /** The key and every key above it, the contract's first. */
  chainOf(path: KeyPath): readonly StoredKey[] | undefined;
  add(path: KeyPath, wrapped: Uint8Array): StoredKey;
  replace(key: StoredKey, wrapped: Uint8Array): StoredKey;
  /** Overwrites and forgets the key and everything beneath. */
  destroy(path: KeyPath): void;
}

/** A row of the table `stored_key` with its bytes. */
export interface KeyRow extends PathRow {
  readonly generation: number;
  readonly slot: number;
  readonly bytes: Uint8Array;
}

export const keyColumns = `${pathColumns}, generation, slot, bytes`;

/** With bytes of our own: those of the native module differ from ours in strict comparisons under jest. */
export const keyOf = (row: KeyRow): StoredKey => ({
  path: pathOf(row),
  wrapped: Uint8Array.from(row.bytes),
  generation: row.generation,
});

const portion = 1000;

/** Destroys the next of the keys at a path and beneath; answers whether there were any. A million never meet in memory. */
const destroyingPortion = (database: SqliteDatabase, levels: 1 | 2 | 3) => {
  // In the order of the primary key: all three statements see the same rows.
  const next = (columns: string): string =>
    `SELECT ${columns} FROM stored_key WHERE ${isBeneath(levels)}
      ORDER BY contract_id, data_set_id, recipient_id LIMIT ${portion}`;
  const wiping = wipingOf(`slot IN (${next('slot')})`).map((sql) => database.prepare(sql));
  const forget = database.prepare(
    `DELETE FROM stored_key WHERE (contract_id, data_set_id, recipient_id) IN
      (${next('contract_id, data_set_id, recipient_id')})`,
  );
  return (columns: readonly string[]): boolean => {
    for (const statement of wiping) statement.run(...columns);
    return Number(forget.run(...columns).changes) > 0;
  };
};

const prepareStatements = (database: SqliteDatabase) => ({
  get: database.prepare(
    `SELECT ${keyColumns} FROM stored_key JOIN key_slot USING (slot)
      WHERE contract_id = ? AND data_set_id = ? AND recipient_id = ?`,
  ),
  chain: database.prepare(
    `SELECT ${keyColumns} FROM stored_key JOIN key_slot USING (slot)
      WHERE ${isOnChain} ORDER BY contract_id, data_set_id, recipient_id`,
  ),
  add: database.prepare('INSERT INTO stored_key VALUES (?, ?, ?, 1, ?)'),
  replace: database.prepare(
    `UPDATE stored_key SET generation = ?4, slot = ?5
      WHERE contract_id = ?1 AND data_set_id = ?2 AND recipient_id = ?3`,
  ),
  slotOf: database.prepare(
    'SELECT slot FROM stored_key WHERE contract_id = ? AND data_set_id = ? AND recipient_id = ?',
  ),
  destroyPortion: ([1, 2, 3] as const).map((levels) => destroyingPortion(database, levels)),
});

export const storedKeysIn = (database: SqliteDatabase): StoredKeys => {
  const statements = prepareStatements(database);
  const slots = keySlotsIn(database);

  const slotOf = (path: KeyPath): number => {
    const row = statements.slotOf.get(...columnsOf(path)) as { readonly slot: number };
    return row.slot;
  };

  return {
    get: (path) => {
      const row = statements.get.get(...columnsOf(path)) as KeyRow | undefined;
      return row === undefined ? undefined : keyOf(row);
    },
    chainOf: (path) => {
      const rows = statements.chain.all(...columnsOf(path)) as readonly KeyRow[];
      const last = rows.at(-1);
      if (last === undefined || pathOf(last).length !== path.length) return undefined;
      if (rows.length === pathsFromContract(path).length) return Array.from(rows, keyOf);
      throw new KeyStoreError('corrupt', 'a key is stored whose wrapping key is not');
    },
    add: (path, wrapped) => {
      statements.add.run(...columnsOf(path), slots.store(wrapped));
      return { path, wrapped: Uint8Array.from(wrapped), generation: 1 };
    },
    replace: ({ path, generation }, wrapped) => {
      const slot = slots.replace(slotOf(path), wrapped);
      statements.replace.run(...columnsOf(path), generation + 1, slot);
      return { path, wrapped: Uint8Array.from(wrapped), generation: generation + 1 };
    },
    destroy: (path) => {
      const columns = columnsOf(path).slice(0, path.length);
      const destroyPortion = statements.destroyPortion[path.length - 1];
      let hasMore = true;
      while (hasMore) hasMore = destroyPortion?.(columns) ?? false;
    },
  };
};
