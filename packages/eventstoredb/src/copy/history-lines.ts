import { createHash } from 'node:crypto';
import type { EventStore, RecordedEvent } from '@mandate/event-sourcing';

/** All events of a log, page by page, in order, up to where it ends at that moment. */
export async function* wholeLog(
  store: Pick<EventStore, 'readAll'>,
): AsyncGenerator<RecordedEvent, void, undefined> {
  for (let page = await store.readAll(); ; page = await store.readAll({ after: page.next })) {
    yield* page.events;
    if (page.atHead) return;
  }
}

/**
 * What two histories have in common when one is a copy of the other: everything but positions and times of recording,
 * which are the stores' own. Data are compared to the byte, metadata whatever the order of their members.
 */
export const lineOf = (event: RecordedEvent): string => {
  const { stream, version, eventId, type, schemaVersion, data, metadata } = event;
  const sortedMetadata = Object.entries(metadata).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([stream, version, eventId, type, schemaVersion, data, sortedMetadata]);
};

export interface HistoryDigest {
  readonly events: number;
  /** SHA-256, in hexadecimal digits. */
  readonly digest: string;
}

/** A digest of the whole history of a store; stores that hold the same events in the same order have the same. */
export const historyDigestOf = async (store: Pick<EventStore, 'readAll'>): Promise<HistoryDigest> => {
  const hash = createHash('sha256');
  let events = 0;
  for await (const event of wholeLog(store)) {
    hash.update(lineOf(event)).update('\n');
    events += 1;
  }
  return { events, digest: hash.digest('hex') };
};
