import type { DocumentChange, DocumentKey, JsonObject } from '@mandate/event-sourcing';
import type { SqliteDatabase } from '../driver';
import { documentOf, type GenerationRow } from './projection-rows';
import { storedText } from './stored-text';

/** A change as it is written. */
export interface WrittenChange {
  readonly place: readonly [partition: string, key: string];
  /** Absent: the document is removed. */
  readonly text: string | undefined;
}

/** Writes a change out, which fails, with a TypeError, for a document that JSON cannot hold. */
export const writtenChangeOf = ({ partition, key, document }: DocumentChange): WrittenChange => ({
  place: [storedText(partition), storedText(key)],
  text: document === undefined ? undefined : JSON.stringify(document),
});

/** The documents of all generations. */
export interface StoredDocuments {
  get(generation: GenerationRow, key: DocumentKey): JsonObject | undefined;
  change(generationId: number, changes: readonly WrittenChange[]): void;
  removeAll(generationId: number): void;
}

export const storedDocumentsIn = (database: SqliteDatabase): StoredDocuments => {
  const get = database.prepare(
    'SELECT document FROM projection_document WHERE generation_id = ? AND partition = ? AND key = ?',
  );
  const set = database.prepare(
    `INSERT INTO projection_document (generation_id, partition, key, document) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT DO UPDATE SET document = ?4`,
  );
  const remove = database.prepare(
    'DELETE FROM projection_document WHERE generation_id = ? AND partition = ? AND key = ?',
  );
  const removeAll = database.prepare('DELETE FROM projection_document WHERE generation_id = ?');

  return {
    get: (generation, { partition, key }) => {
      const row = get.get(generation.id, storedText(partition), storedText(key)) as
        { readonly document: unknown } | undefined;
      return row === undefined ? undefined : documentOf(generation, row.document);
    },
    change: (generationId, changes) => {
      for (const { place, text } of changes) {
        if (text === undefined) remove.run(generationId, ...place);
        else set.run(generationId, ...place, text);
      }
    },
    removeAll: (generationId) => void removeAll.run(generationId),
  };
};
