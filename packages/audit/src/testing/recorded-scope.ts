import { mandateEventCodec, streamOf } from '@mandate/domain';
import type { History } from '@mandate/domain/testing';
import {
  createInMemoryEventStore,
  derivedUuid,
  eventsToAppend,
  type EventStore,
  type Instant,
  type Uuid,
} from '@mandate/event-sourcing';
import { createProcessingScope, type ProcessingScope } from '@mandate/read-models';

/** A store in which a history is recorded at the times that it names. */
export const storeOf = async (history: History): Promise<EventStore> => {
  let now = '2026-01-01T00:00:00.000Z' as Instant;
  const store = createInMemoryEventStore({ clock: () => now });
  const versions = new Map<string, number>();
  for (const [index, { event, recordedAt }] of history.entries()) {
    now = recordedAt;
    const stream = streamOf(event);
    const commandId = derivedUuid(String(index), '00000000-0000-4000-8000-000000000000' as Uuid);
    const metadata = { commandId, correlationId: commandId, causationId: commandId, actor: 'test' };
    const { version } = await store.append(
      stream,
      versions.get(stream) ?? 'no-stream',
      eventsToAppend([mandateEventCodec.encode(event)], metadata),
    );
    versions.set(stream, version);
  }
  return store;
};

/** The processing scope over a history. */
export const scopeOver = async (history: History): Promise<ProcessingScope> => {
  const scope = createProcessingScope(await storeOf(history));
  await scope.catchUp();
  return scope;
};
