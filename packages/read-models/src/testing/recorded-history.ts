import { mandateEventCodec, streamOf } from '@mandate/domain';
import type { History, RecordedMandateEvent } from '@mandate/domain/testing';
import {
  createInMemoryEventStore,
  derivedUuid,
  eventsToAppend,
  type EventStore,
  type EventToAppend,
  type Instant,
  type Position,
  type Uuid,
} from '@mandate/event-sourcing';
import { createProcessingScope, type ProcessingScope } from '../processing-scope';

/** A store in which histories are recorded at the times that they name. */
export interface RecordingStore {
  readonly store: EventStore;
  readonly record: (event: RecordedMandateEvent) => Promise<Position>;
  /** Records something that may be no event of the domain at all. */
  readonly recordRaw: (
    event: Pick<EventToAppend, 'type' | 'schemaVersion' | 'data'>,
    stream: string,
  ) => Promise<Position>;
}

export const recordingStore = (): RecordingStore => {
  let now = '2026-01-01T00:00:00.000Z' as Instant;
  const store = createInMemoryEventStore({ clock: () => now });
  const versions = new Map<string, number>();
  let commands = 0;

  const recordRaw: RecordingStore['recordRaw'] = async (event, stream) => {
    commands += 1;
    const commandId = derivedUuid(String(commands), '00000000-0000-4000-8000-000000000000' as Uuid);
    const metadata = { commandId, correlationId: commandId, causationId: commandId, actor: 'test' };
    const expected = versions.get(stream) ?? 0;
    const { version, position } = await store.append(
      stream,
      expected === 0 ? 'no-stream' : expected,
      eventsToAppend([event], metadata),
    );
    versions.set(stream, version);
    return position;
  };

  return {
    store,
    recordRaw,
    record: ({ event, recordedAt }) => {
      now = recordedAt;
      return recordRaw(mandateEventCodec.encode(event), streamOf(event));
    },
  };
};

/** A store in which a whole history is recorded. */
export const storeWith = async (history: History): Promise<RecordingStore> => {
  const recording = recordingStore();
  for (const event of history) await recording.record(event);
  return recording;
};

/** The processing scope over a whole history. */
export const scopeOver = async (history: History): Promise<ProcessingScope> => {
  const scope = createProcessingScope((await storeWith(history)).store);
  await scope.catchUp();
  return scope;
};
