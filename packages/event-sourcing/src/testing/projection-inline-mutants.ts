import { randomUUID } from 'node:crypto';
import { setImmediate as otherWork } from 'node:timers/promises';
import type { EventStore } from '../event-store/event-store';
import { createInMemoryEventStore } from '../event-store/in-memory-event-store';
import type { AnyDocumentProjection } from '../projections/document-projection';
import { createInMemoryProjectionStore } from '../projections/in-memory-projection-store';
import type { ProjectingEventStore } from '../projections/projecting-event-store';
import { createProjectionEngine } from '../projections/projection-engine';
import { systemClock } from '../values/instant';
import type { Uuid } from '../values/uuid';

type OpenInline = (inline: readonly AnyDocumentProjection[]) => Promise<ProjectingEventStore>;

/** A store that feeds its projections as an engine does: soon, but after it has acknowledged an append. */
const acknowledgesTooEarly: OpenInline = async (inline) => {
  const store = createInMemoryEventStore();
  const projections = createInMemoryProjectionStore();
  const engine = createProjectionEngine({ store, projectionStore: projections, projections: inline });
  await engine.run();
  return {
    ...store,
    projections,
    append: async (...request) => {
      const result = await store.append(...request);
      void otherWork().then(() => engine.run());
      return result;
    },
  };
};

/** Does to the documents what an append would do that is refused. */
const keepsDocumentsOfRefusedAppends: OpenInline = (inline) => {
  const store = createInMemoryEventStore({ inline });
  const { projections } = store;

  const keep = async (...[stream, , events]: Parameters<EventStore['append']>): Promise<void> => {
    const [live] = await projections.generations();
    const now = systemClock();
    const held = live && (await projections.claim(live, { holder: randomUUID() as Uuid, now, until: now }));
    if (held === undefined) return;
    const numbers = events.map(({ data }) => data['number'] ?? null);
    const documents = [{ partition: stream, key: 'all', document: { numbers } }];
    const { epoch, position } = held;
    const place = { epoch, from: position, to: position, heldUntil: now };
    await projections.commit(held, { ...place, documents, parked: [], unparked: [] });
  };

  return Promise.resolve({
    ...store,
    append: async (...request: Parameters<EventStore['append']>) => {
      try {
        return await store.append(...request);
      } catch (error) {
        await keep(...request);
        throw error;
      }
    },
  });
};

/** Stores whose inline projections break their promise. */
export const inlineMutants: readonly (readonly [mistake: string, open: OpenInline])[] = [
  ['acknowledges an append before its documents are changed', acknowledgesTooEarly],
  ['keeps documents of an append that it refuses', keepsDocumentsOfRefusedAppends],
];
