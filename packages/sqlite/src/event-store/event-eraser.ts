import { EventStoreError } from '@mandate/event-sourcing';
import type { SqliteDatabase } from '../driver';
import { writeTransactionOf } from '../transaction';
import { truncatorOf } from '../write-ahead-log';
import { digestOf } from './digest';

/**
 * Overwrites the events of a stream in place, each text with as many bytes as it had, so that SQLite moves no row.
 * What stays is a husk: its place in the log, its version and its time, and digests of its name and its event ids.
 */
const overwrite = `
  UPDATE event SET
    stream = replace(printf('%*s', octet_length(stream), ''), ' ', '*'),
    event_id = printf('%*s', octet_length(event_id), ''),
    type = printf('%*s', octet_length(type), ''),
    data = printf('%*s', octet_length(data), ''),
    metadata = printf('%*s', octet_length(metadata), '')
  WHERE stream_digest = ? AND stream = ?`;

/** Erases streams, and is satisfied only when their bytes have left the file and the write-ahead log. */
export const eventEraserOf = (database: SqliteDatabase): ((stream: string) => void) => {
  const erase = database.prepare(overwrite);
  const inTransaction = writeTransactionOf(database);
  const truncate = truncatorOf(database);
  return (stream) => {
    inTransaction(() => erase.run(digestOf(stream), stream));
    // Also when there was nothing to overwrite: an earlier attempt may have ended right here.
    if (truncate()) return;
    throw new EventStoreError({
      kind: 'unavailable',
      retryable: true,
      reason:
        'the stream is erased, but another process reads the file, and its write-ahead log still holds the bytes',
    });
  };
};
