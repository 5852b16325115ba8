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
  type Uuid,
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

/** The same with the JSON of data and metadata parsed; whether they are what they should be is not known yet. */
export type ParsedRow = Omit<EventRow, 'data' | 'metadata'> & {
  readonly data: unknown;
  readonly metadata: unknown;
};

export const eventColumns = `place, stream, version, event_id AS eventId, type, schema_version AS schemaVersion,
  recorded_at AS recordedAt, data, metadata`;

/** A command that nothing has led to is its own cause, and to compare is quicker than to look at every digit. */
const isThatOrUuid = (that: Uuid, value: unknown): boolean => value === that || isUuid(value);

const isMetadata = (value: unknown): value is EventMetadata =>
  isRecord(value) &&
  isUuid(value['commandId']) &&
  isThatOrUuid(value['commandId'], value['correlationId']) &&
  isThatOrUuid(value['commandId'], value['causationId']) &&
  typeof value['actor'] === 'string';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The event in a row, or why this package cannot have written it. */
export const eventIn = (storeId: StoreId, row: ParsedRow): RecordedEvent | string => {
  const { place, stream, version, eventId, type, schemaVersion, recordedAt, data, metadata } = row;
  if (!isRecord(data)) return 'its data are not a JSON object';
  if (!isMetadata(metadata)) return 'its metadata are not those of an event';
  if (!isUuid(eventId)) return 'its event id is no UUID';
  if (!isInstant(recordedAt)) return 'its time of recording is no instant';
  const position = positionOf(storeId, place);
  return {
    eventId,
    type,
    schemaVersion,
    data: data as JsonObject,
    metadata,
    stream,
    version,
    position,
    recordedAt,
  };
};

/** Turns rows into events. A row that this package cannot have written is `corrupt`, and is never passed over. */
export const eventReaderOf =
  (storeId: StoreId): ((row: EventRow) => RecordedEvent) =>
  (row) => {
    const event = eventIn(storeId, { ...row, data: parsed(row.data), metadata: parsed(row.metadata) });
    if (typeof event !== 'string') return event;
    const { place, stream, type } = row;
    const position = positionOf(storeId, place);
    throw new EventStoreError({ kind: 'corrupt', position, stream, type, reason: event });
  };
