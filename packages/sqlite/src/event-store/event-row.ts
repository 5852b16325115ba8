import {
  EventStoreError,
  isInstant,
  isRecord,
  isUuid,
  positionOf,
  type EventMetadata,
  type JsonObject,
  type RecordedEvent,
  type StoreId,
} from '@mandate/event-sourcing';

/** A row of the table `event`, as the queries of this package select it. */
export interface EventRow {
  readonly place: number;
  readonly stream: string;
  readonly version: number;
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly recordedAt: string;
  readonly data: string;
  readonly metadata: string;
}

export const eventColumns = `place, stream, version, event_id AS eventId, type, schema_version AS schemaVersion,
  recorded_at AS recordedAt, data, metadata`;

const objectOf = (text: string): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
};

const idsOfMetadata = ['commandId', 'correlationId', 'causationId'] as const;

const metadataOf = (text: string): EventMetadata | undefined => {
  const metadata = objectOf(text);
  const isComplete =
    metadata !== undefined &&
    idsOfMetadata.every((name) => isUuid(metadata[name])) &&
    typeof metadata['actor'] === 'string';
  return isComplete ? (metadata as unknown as EventMetadata) : undefined;
};

/** Turns rows into events. A row that this package cannot have written is `corrupt`, and is never passed over. */
export const eventReaderOf = (storeId: StoreId): ((row: EventRow) => RecordedEvent) => {
  const corrupt = ({ place, stream, type }: EventRow, reason: string): EventStoreError =>
    new EventStoreError({ kind: 'corrupt', position: positionOf(storeId, place), stream, type, reason });

  return (row) => {
    const { place, stream, version, eventId, type, schemaVersion, recordedAt } = row;
    const data = objectOf(row.data);
    if (data === undefined) throw corrupt(row, 'its data are not a JSON object');
    const metadata = metadataOf(row.metadata);
    if (metadata === undefined) throw corrupt(row, 'its metadata are not those of an event');
    if (!isUuid(eventId)) throw corrupt(row, 'its event id is no UUID');
    if (!isInstant(recordedAt)) throw corrupt(row, 'its time of recording is no instant');
    const position = positionOf(storeId, place);
    return { eventId, type, schemaVersion, data, metadata, stream, version, position, recordedAt };
  };
};
