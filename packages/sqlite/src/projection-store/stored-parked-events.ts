import type { ParkedEvent, ProjectionCommit } from '@mandate/event-sourcing';
import type { SqliteDatabase } from '../driver';
import {
  parkedEventColumns,
  parkedEventOf,
  type GenerationRow,
  type ParkedEventRow,
} from './projection-rows';
import { storedText } from './stored-text';

/** The events at which partitions wait. */
export interface StoredParkedEvents {
  all(): readonly ParkedEventRow[];
  of(generationId: number): readonly ParkedEventRow[];
  in(generation: GenerationRow, partition: string): ParkedEvent | undefined;
  /** Forgets those that wait no longer, then keeps those that wait. */
  change(generationId: number, changes: Pick<ProjectionCommit, 'parked' | 'unparked'>): void;
  removeAll(generationId: number): void;
}

export const storedParkedEventsIn = (database: SqliteDatabase): StoredParkedEvents => {
  const select = `SELECT ${parkedEventColumns} FROM projection_parked_event`;
  const all = database.prepare(`${select} ORDER BY generation_id, partition`);
  const ofOne = database.prepare(`${select} WHERE generation_id = ? ORDER BY partition`);
  const find = database.prepare(`${select} WHERE generation_id = ? AND partition = ?`);
  const park = database.prepare(
    'INSERT OR REPLACE INTO projection_parked_event VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const unpark = database.prepare(
    'DELETE FROM projection_parked_event WHERE generation_id = ? AND partition = ?',
  );
  const removeAll = database.prepare('DELETE FROM projection_parked_event WHERE generation_id = ?');

  return {
    all: () => Array.from(all.all() as readonly ParkedEventRow[]),
    of: (generationId) => Array.from(ofOne.all(generationId) as readonly ParkedEventRow[]),
    in: (generation, partition) => {
      const row = find.get(generation.id, storedText(partition)) as ParkedEventRow | undefined;
      return row === undefined ? undefined : parkedEventOf(generation, row);
    },
    change: (generationId, { parked, unparked }) => {
      for (const partition of unparked) unpark.run(generationId, storedText(partition));
      for (const { partition, position, after, stream, type, reason, held } of parked) {
        const behind = after === undefined ? null : storedText(after);
        const what = [stream, type, reason].map(storedText);
        park.run(generationId, storedText(partition), storedText(position), behind, ...what, held);
      }
    },
    removeAll: (generationId) => void removeAll.run(generationId),
  };
};
