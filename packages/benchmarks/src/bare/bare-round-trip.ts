import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@mandate/event-sourcing';
import { digestOf, type BareLog } from './bare-log';

interface Loaded {
  readonly version: number;
  readonly data: string;
}

/** Loads a stream, folds it, decides and inserts one event, all in one transaction and with nothing but the driver. */
export const bareRoundTrip = (
  { database }: BareLog,
  mayRecord: (batches: number) => boolean,
): ((stream: string, data: JsonObject, metadata: object) => void) => {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const load = database.prepare(
    `SELECT version, type, data, metadata FROM event WHERE stream_digest = ? ORDER BY version`,
  );
  const insert = database.prepare(
    `INSERT INTO event (stream_digest, version, event_digest, stream, event_id, type, schema_version, recorded_at, data, metadata)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  return (stream, data, metadata) => {
    const digest = digestOf(stream);
    begin.run();
    let batches = 0;
    for (const row of load.all(digest) as readonly Loaded[]) {
      if (typeof JSON.parse(row.data) === 'object') batches += 1;
    }
    if (mayRecord(batches)) {
      const eventId = randomUUID();
      insert.run(
        digest,
        batches + 1,
        digestOf(eventId),
        stream,
        eventId,
        'ProcessingRecorded',
        1,
        new Date().toISOString(),
        JSON.stringify(data),
        JSON.stringify(metadata),
      );
    }
    commit.run();
  };
};
