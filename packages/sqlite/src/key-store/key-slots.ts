import type { SqliteDatabase } from '../driver';

/** Where the bytes of wrapped keys lie. */
export interface KeySlots {
  /** Writes bytes into a slot of their size, a used one that was freed if there is one. */
  store(bytes: Uint8Array): number;
  /** Writes other bytes into a slot, or into another one if the size differs. Answers the slot. */
  replace(slot: number, bytes: Uint8Array): number;
  /** Overwrites a slot with zeros, in place, and frees it. */
  wipe(slot: number): void;
}

/**
 * Statements that overwrite slots with zeros and then free them. Exactly as long as before: only then does SQLite
 * overwrite a row where it lies.
 */
export const wipingOf = (isWanted: string): readonly [overwrite: string, free: string] => [
  `UPDATE key_slot SET bytes = zeroblob(length(bytes)) WHERE ${isWanted}`,
  `INSERT INTO free_slot SELECT length(bytes), slot FROM key_slot WHERE ${isWanted}`,
];

export const keySlotsIn = (database: SqliteDatabase): KeySlots => {
  const takeFree = database.prepare(
    'DELETE FROM free_slot WHERE (size, slot) = (SELECT size, slot FROM free_slot WHERE size = ? LIMIT 1) RETURNING slot',
  );
  const add = database.prepare('INSERT INTO key_slot (bytes) VALUES (?)');
  const overwrite = database.prepare('UPDATE key_slot SET bytes = ?2 WHERE slot = ?1');
  const sizeOf = database.prepare('SELECT length(bytes) AS size FROM key_slot WHERE slot = ?');
  const overwriteAndFree = wipingOf('slot = ?').map((sql) => database.prepare(sql));

  const store = (bytes: Uint8Array): number => {
    const reused = takeFree.get(bytes.byteLength) as { readonly slot: number } | undefined;
    if (reused === undefined) return Number(add.run(bytes).lastInsertRowid);
    overwrite.run(reused.slot, bytes);
    return reused.slot;
  };

  const wipe = (slot: number): void => {
    for (const statement of overwriteAndFree) statement.run(slot);
  };

  return {
    store,
    wipe,
    replace: (slot, bytes) => {
      const { size } = sizeOf.get(slot) as { readonly size: number };
      if (size === bytes.byteLength) {
        overwrite.run(slot, bytes);
        return slot;
      }
      wipe(slot);
      return store(bytes);
    },
  };
};
