/** An event as the server keeps it. Every event has a place of its own: commit and prepare position are the same. */
export interface StoredEvent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly createdMs: number;
  readonly position: bigint;
}

export type ProposedEvent = Pick<StoredEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;

/** The one log of a server, in which every stream's events stand in the order of their recording. */
export interface EventLog {
  readonly events: readonly StoredEvent[];
  readonly add: (
    stream: string,
    firstRevision: number,
    proposed: readonly ProposedEvent[],
  ) => readonly StoredEvent[];
  /** The place that the next event is going to have. */
  readonly endPosition: () => bigint;
  /** The index of the first event at or after a position. */
  readonly indexFrom: (position: bigint) => number;
  /** Calls back whenever the log has grown, until the returned function is called. */
  readonly watch: (onGrown: () => void) => () => void;
}

/** What a record takes beside its data in the log; positions are offsets of bytes there. */
const headerBytes = 120;

/** Where the system's own first records would end. */
const firstPosition = 1_000n;

export const createEventLog = (nowMs: () => number): EventLog => {
  const events: StoredEvent[] = [];
  const watchers = new Set<() => void>();
  let position = firstPosition;

  const add: EventLog['add'] = (stream, firstRevision, proposed) => {
    // The server's clock is taken as it is: one that is set back dates events before their predecessors.
    const createdMs = nowMs();
    const added = proposed.map((event, index): StoredEvent => {
      const stored = { ...event, stream, revision: firstRevision + index, createdMs, position };
      position += BigInt(headerBytes + stream.length + event.data.length + event.metadata.length);
      return stored;
    });
    events.push(...added);
    queueMicrotask(() => {
      for (const onGrown of [...watchers]) onGrown();
    });
    return added;
  };

  const indexFrom = (wanted: bigint): number => {
    let [low, high] = [0, events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((events[middle] as StoredEvent).position < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    events,
    add,
    endPosition: () => position,
    indexFrom,
    watch: (onGrown) => {
      watchers.add(onGrown);
      return () => watchers.delete(onGrown);
    },
  };
};
