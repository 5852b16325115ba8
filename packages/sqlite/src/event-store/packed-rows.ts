import type { RecordedEvent, StoreId } from '@mandate/event-sourcing';
import { eventIn } from './event-row';

/**
 * Rows of the table `event` as one JSON text, written by SQLite: handing over a value costs more than anything else
 * that reading does, so many rows are handed over as one.
 */
export interface PackedRows {
  readonly count: number;
  readonly text: string | null;
}

// Quoted by SQLite: what somebody else has written there could end the string, or escape in it.
const packedRow = `concat('[', place, ',', json_quote(stream), ',', version, ',', json_quote(event_id), ',',
  json_quote(type), ',', schema_version, ',', json_quote(recorded_at), ',', data, ',', metadata, ']')`;

/** Selects the rows of a query that begins with FROM, packed. */
export const selectPacked = (from: string): string =>
  `SELECT count(*) AS count, '[' || group_concat(packed) || ']' AS text FROM (SELECT ${packedRow} AS packed ${from})`;

type Unpacked = readonly [number, string, number, string, string, number, string, unknown, unknown];

const width = 9;

const isUnpacked = (row: unknown): row is Unpacked =>
  Array.isArray(row) && row.length === width && typeof row[0] === 'number' && typeof row[2] === 'number';

const unpacked = (text: string): readonly unknown[] | undefined => {
  try {
    return JSON.parse(text) as readonly unknown[];
  } catch {
    return undefined;
  }
};

/**
 * The events in packed rows; `undefined` when anything about them is not as this package writes it, so that they have
 * to be looked at one by one.
 */
export const eventsIn = (storeId: StoreId, { count, text }: PackedRows): RecordedEvent[] | undefined => {
  const rows = text === null ? [] : unpacked(text);
  // Data that are JSON, but not of one value, could make two rows of one, or a longer one.
  if (rows?.length !== count) return undefined;
  const events: RecordedEvent[] = [];
  for (const row of rows) {
    if (!isUnpacked(row)) return undefined;
    const [place, stream, version, eventId, type, schemaVersion, recordedAt, data, metadata] = row;
    const parsed = { place, stream, version, eventId, type, schemaVersion, recordedAt, data, metadata };
    const event = eventIn(storeId, parsed);
    if (typeof event === 'string') return undefined;
    events.push(event);
  }
  return events;
};
