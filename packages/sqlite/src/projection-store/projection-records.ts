import type { DocumentKey, Generation, ProjectionRecords, StoredDocument } from '@mandate/event-sourcing';
import type { SqliteDatabase } from '../driver';
import { generationOf, type GenerationRow } from './projection-rows';
import { storedDocumentsIn, writtenChangeOf } from './stored-documents';
import { storedGenerationsIn } from './stored-generations';
import { storedParkedEventsIn } from './stored-parked-events';

/** What is kept of projections, within transactions that somebody else begins. */
export const projectionRecordsIn = (database: SqliteDatabase): ProjectionRecords => {
  const generations = storedGenerationsIn(database);
  const documents = storedDocumentsIn(database);
  const parkedEvents = storedParkedEventsIn(database);

  const withParked = (row: GenerationRow): Generation => generationOf(row, parkedEvents.of(row.id));

  const read = (name: string, key: DocumentKey): StoredDocument => {
    const live = generations.findLive(name);
    if (live === undefined) return { state: 'unknown' };
    const { position } = generationOf(live, []);
    const parked = parkedEvents.in(live, key.partition);
    if (parked !== undefined) return { state: 'parked', parked };
    const document = documents.get(live, key);
    return document === undefined ? { state: 'absent', position } : { state: 'found', document, position };
  };

  return {
    generations: () => {
      const waiting = parkedEvents.all();
      return generations.all().map((row) =>
        generationOf(
          row,
          waiting.filter(({ generationId }) => generationId === row.id),
        ),
      );
    },
    generationsOf: (name) => generations.ofName(name).map(withParked),
    create: (id, version) => generations.create(id, version),
    claim: (id, claim) => {
      const row = generations.claim(id, claim);
      return row === undefined ? undefined : withParked(row);
    },
    release: (id, epoch) => {
      generations.release(id, epoch);
    },
    load: (id, keys) => {
      const generation = generations.find(id);
      if (generation === undefined) return keys.map(() => undefined);
      // Of a row that makes no sense nothing is told.
      generationOf(generation, []);
      return keys.map((key) => documents.get(generation, key));
    },
    commit: (id, commit) => {
      // Written out first, since a document that JSON cannot hold must leave everything as it is.
      const changes = commit.documents.map(writtenChangeOf);
      const generationId = generations.moveOn(id, commit);
      if (generationId === undefined) return false;
      documents.change(generationId, changes);
      parkedEvents.change(generationId, commit);
      return true;
    },
    setStatus: (id, epoch, change) => generations.setStatus(id, epoch, change),
    makeLive: (id, epoch) => generations.makeLive(id, epoch),
    stepDown: (name) => {
      generations.withdraw(name);
    },
    remove: (id) => {
      const generationId = generations.remove(id);
      if (generationId === undefined) return generations.find(id) === undefined;
      documents.removeAll(generationId);
      parkedEvents.removeAll(generationId);
      return true;
    },
    read,
  };
};
