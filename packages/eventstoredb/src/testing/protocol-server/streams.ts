import { randomUUID } from 'node:crypto';
import type { EventLog, ProposedEvent, StoredEvent } from './event-log';

/** What an append is decided on. */
export interface StreamState {
  /** -1 of a stream that never had an event. */
  readonly lastRevision: number;
  readonly isTombstoned: boolean;
  readonly isSoftDeleted: boolean;
  readonly hasMetadata: boolean;
}

/** The streams of a log, with the rules by which some of their events are no longer shown. */
export interface Streams {
  readonly stateOf: (stream: string) => StreamState;
  /** The event of a stream at a revision, shown or not. */
  readonly eventAt: (stream: string, revision: number) => StoredEvent | undefined;
  /** The events that a read shows; none when there is no such stream. */
  readonly visibleOf: (stream: string) => readonly StoredEvent[];
  /** Adds events to the end; brings a stream that was deleted softly back first. */
  readonly write: (stream: string, proposed: readonly ProposedEvent[]) => readonly StoredEvent[];
  readonly deleteSoftly: (stream: string) => StoredEvent;
  readonly tombstone: (stream: string) => StoredEvent;
}

interface StreamMetadata {
  readonly $tb?: number;
  readonly $maxCount?: number;
  readonly $maxAge?: number;
}

/** The number that stands for "all of it" in `$tb`, larger than what a JavaScript number holds exactly. */
const truncatedWhollyText = '9223372036854775807';
const truncatedWhollyMin = 2 ** 62;

const metastreamOf = (stream: string): string => `$$${stream}`;

const systemEvent = (type: string, text: string): ProposedEvent => ({
  id: randomUUID(),
  type,
  contentType: 'application/json',
  data: Buffer.from(text),
  metadata: new Uint8Array(),
});

export const streamsOf = (log: EventLog, nowMs: () => number): Streams => {
  const byName = new Map<string, StoredEvent[]>();
  const tombstoned = new Set<string>();

  const eventsOf = (stream: string): StoredEvent[] => byName.get(stream) ?? [];

  const addTo = (stream: string, proposed: readonly ProposedEvent[]): readonly StoredEvent[] => {
    const existing = eventsOf(stream);
    byName.set(stream, existing);
    const added = log.add(stream, existing.length, proposed);
    existing.push(...added);
    return added;
  };

  const metadataOf = (stream: string): StreamMetadata => {
    const last = eventsOf(metastreamOf(stream)).at(-1);
    return last === undefined ? {} : (JSON.parse(Buffer.from(last.data).toString()) as StreamMetadata);
  };

  const isTruncatedWholly = (stream: string): boolean => (metadataOf(stream).$tb ?? 0) >= truncatedWhollyMin;

  const stateOf = (stream: string): StreamState => ({
    lastRevision: eventsOf(stream).length - 1,
    isTombstoned: tombstoned.has(stream),
    isSoftDeleted: isTruncatedWholly(stream),
    hasMetadata: eventsOf(metastreamOf(stream)).length > 0,
  });

  const visibleOf = (stream: string): readonly StoredEvent[] => {
    const { $tb = 0, $maxCount = Infinity, $maxAge = Infinity } = metadataOf(stream);
    const all = eventsOf(stream);
    const first = Math.max($tb, all.length - $maxCount);
    return all.filter(
      ({ revision, createdMs }) => revision >= first && createdMs >= nowMs() - $maxAge * 1000,
    );
  };

  const write: Streams['write'] = (stream, proposed) => {
    if (isTruncatedWholly(stream)) {
      const text = JSON.stringify({ ...metadataOf(stream), $tb: eventsOf(stream).length });
      addTo(metastreamOf(stream), [systemEvent('$metadata', text)]);
    }
    return addTo(stream, proposed);
  };

  return {
    stateOf,
    eventAt: (stream, revision) => eventsOf(stream)[revision],
    visibleOf,
    write,
    deleteSoftly: (stream) =>
      addTo(metastreamOf(stream), [
        systemEvent('$metadata', `{"$tb":${truncatedWhollyText}}`),
      ])[0] as StoredEvent,
    tombstone: (stream) => {
      const [event] = addTo(stream, [systemEvent('$streamDeleted', '{}')]);
      tombstoned.add(stream);
      return event as StoredEvent;
    },
  };
};
