import type { Digest } from '@mandate/domain';
import type { RecordedEvent } from '@mandate/event-sourcing';
import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import type { CertificateContents } from './certificate';

/**
 * Counts a contract's events and digests them in their order: one line of canonical JSON (RFC 8785) for each,
 * hashed with SHA-256. Whoever holds the history can compute it again.
 */
export const historyDigest = (events: Iterable<RecordedEvent>): CertificateContents['history'] => {
  const hash = createHash('sha256');
  let count = 0;
  for (const { eventId, type, schemaVersion, recordedAt, data } of events) {
    hash.update(`${canonicalize({ eventId, type, schemaVersion, recordedAt, data })}\n`);
    count += 1;
  }
  return { events: count, digest: hash.digest('hex') as Digest };
};
