import type { AppendResult, EventStore, EventToAppend, Version } from './event-store';
import { isEventStoreError, type EventStoreError } from './event-store-error';

/** An append that happened, or one that another append overtook. */
export type AppendOutcome =
  | { readonly outcome: 'appended'; readonly result: AppendResult }
  | { readonly outcome: 'conflict'; readonly error: EventStoreError };

const readBack = async (
  store: EventStore,
  stream: string,
  version: Version,
  events: readonly EventToAppend[],
): Promise<AppendResult | undefined> => {
  const { events: found } = await store.readStream(stream, { after: version, limit: events.length });
  const isOurs =
    found.length === events.length && found.every((event, index) => event.eventId === events[index]?.eventId);
  const last = found.at(-1);
  return isOurs && last !== undefined
    ? { version: last.version, position: last.position, mayBeRepetition: true }
    : undefined;
};

/**
 * Appends at exactly `version`. When the store cannot say what became of the append, it is read back by the
 * ids of its events, and repeated once, with the same ids and the same version, if they are not there.
 */
export const tryAppend = async (
  store: EventStore,
  stream: string,
  version: Version,
  events: readonly EventToAppend[],
): Promise<AppendOutcome> => {
  const append = (): Promise<AppendResult> =>
    store.append(stream, version === 0 ? 'no-stream' : version, events);
  const conflictOrThrow = (error: unknown): AppendOutcome => {
    if (isEventStoreError(error) && error.code === 'version-conflict') return { outcome: 'conflict', error };
    throw error;
  };
  try {
    return { outcome: 'appended', result: await append() };
  } catch (error) {
    if (!isEventStoreError(error) || error.code !== 'outcome-unknown') return conflictOrThrow(error);
  }
  const result = await readBack(store, stream, version, events);
  if (result !== undefined) return { outcome: 'appended', result };
  try {
    return { outcome: 'appended', result: await append() };
  } catch (error) {
    return conflictOrThrow(error);
  }
};
