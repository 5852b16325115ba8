import {
  EventStoreError,
  instantOf,
  isRecord,
  isUuid,
  isWanted,
  type EventFilter,
  type EventMetadata,
  type JsonObject,
  type PreparedEvent,
  type RecordedEvent,
  type StoreId,
} from '@mandate/event-sourcing';
import type { ClientEventData, ClientRecordedEvent } from './client';
import { positionAt } from './log-place';

/**
 * Metadata as they are stored: the server's own projections and tracing find what belongs together by names that begin
 * with a dollar sign.
 */
interface StoredMetadata {
  readonly $correlationId?: unknown;
  readonly $causationId?: unknown;
  readonly schemaVersion?: unknown;
  readonly commandId?: unknown;
  readonly actor?: unknown;
}

/**
 * Our streams begin with a letter. What begins otherwise is the server's (`$`) or the adapter's own (`_`), and is no
 * event of the store.
 */
const isOurs = (stream: string): boolean => /^[A-Za-z]/.test(stream);

/** Whether an event of the server's log is one that a reader of the store asked for. */
export const isShown = (filter: EventFilter | undefined, { streamId, type }: ClientRecordedEvent): boolean =>
  isOurs(streamId) && isWanted(filter, { stream: streamId, type });

/** What is ours, as the server understands it. */
export const ourStreamsPattern = '^[A-Za-z]';

/**
 * An event for the client, as a plain copy made of the JSON that was checked: the client writes it out again, at a time
 * when the caller may have changed it, and never answers when that fails.
 */
export const clientEventOf = (event: PreparedEvent): ClientEventData => ({
  id: event.eventId,
  type: event.type,
  contentType: 'application/json',
  data: JSON.parse(event.dataText) as Record<string, unknown>,
  metadata: storedMetadataOf(event),
});

/** As bytes, which the client passes on as they are. */
const storedMetadataOf = ({ metadataText, schemaVersion }: PreparedEvent): Uint8Array => {
  const { correlationId, causationId, ...rest } = JSON.parse(metadataText) as EventMetadata;
  const stored = { ...rest, $correlationId: correlationId, $causationId: causationId, schemaVersion };
  // The client asks for exactly this class, of which a `Buffer` is none.
  return new Uint8Array(Buffer.from(JSON.stringify(stored)));
};

/** What the server counts of an event when it limits the size of an append: since 24.10 all of this. */
export const storedBytesOf = ({ metadata, type }: ClientEventData, { dataText }: PreparedEvent): number =>
  Buffer.byteLength(dataText) + metadata.length + 2 * type.length;

interface Metadata {
  readonly metadata: EventMetadata;
  readonly schemaVersion: number;
}

const metadataOf = (stored: unknown): Metadata | undefined => {
  if (!isRecord(stored)) return undefined;
  const { $correlationId, $causationId, schemaVersion, commandId, ...rest }: StoredMetadata = stored;
  const isComplete =
    isUuid(commandId) &&
    isUuid($correlationId) &&
    isUuid($causationId) &&
    typeof rest.actor === 'string' &&
    typeof schemaVersion === 'number';
  if (!isComplete) return undefined;
  const metadata = { commandId, correlationId: $correlationId, causationId: $causationId, ...rest };
  return { metadata: metadata as EventMetadata, schemaVersion };
};

/** An event that the server sent without its place in the log; servers before 22.6 do so. */
const noPlace = { commit: 0n, prepare: 0n };

/** Reads events of the client. One that this package cannot have written is `corrupt`, and is never passed over. */
export const recordedEventReader = (storeId: StoreId): ((event: ClientRecordedEvent) => RecordedEvent) => {
  const refuse = (event: ClientRecordedEvent, reason: string): never => {
    throw new EventStoreError({
      kind: 'corrupt',
      position: positionAt(storeId, event.position ?? noPlace),
      stream: event.streamId,
      type: event.type,
      reason,
    });
  };

  return (event) => {
    const { id, streamId, revision, type, data, created, position } = event;
    if (position === undefined) return refuse(event, 'the server did not say where it stands in the log');
    if (!isRecord(data)) return refuse(event, 'its data are not a JSON object');
    const stored = metadataOf(event.metadata);
    if (stored === undefined) return refuse(event, 'its metadata are not those of an event');
    if (!isUuid(id)) return refuse(event, 'its event id is no UUID');
    return {
      eventId: id,
      type,
      schemaVersion: stored.schemaVersion,
      data: data as JsonObject,
      metadata: stored.metadata,
      stream: streamId,
      version: Number(revision) + 1,
      position: positionAt(storeId, position),
      recordedAt: instantOf(created.getTime()),
    };
  };
};
