import { tryAppend, type EventStore, type RecordedEvent } from '@mandate/event-sourcing';
import { historyDigestOf, lineOf, wholeLog, type HistoryDigest } from './history-lines';
import { HistoryMismatchError } from './history-mismatch-error';

export interface CopyHistoryOptions {
  /** Is told how many events the target is known to hold, after every append and every so often before the first. */
  readonly onProgress?: (events: number) => void;
  /** Stops between two appends; calling again goes on from there. */
  readonly signal?: AbortSignal;
}

const eventsMax = 250;
const bytesMax = 500_000;
const progressEvery = 1_000;

const bytesOf = ({ data, metadata }: RecordedEvent): number =>
  Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata));

/** Events of one stream that stand one after the other in the log, so that one append keeps their order. */
class Group {
  readonly events: RecordedEvent[] = [];
  #bytes = 0;

  takes(event: RecordedEvent): boolean {
    const [first] = this.events;
    if (first === undefined) return true;
    const fits = this.events.length < eventsMax && this.#bytes + bytesOf(event) <= bytesMax;
    return fits && first.stream === event.stream;
  }

  add(event: RecordedEvent): void {
    this.events.push(event);
    this.#bytes += bytesOf(event);
  }
}

const mismatch = (what: string): HistoryMismatchError =>
  new HistoryMismatchError(`${what} The target must be empty, or hold the beginning of this very history.`);

/** Goes through what the target holds already. Throws unless the source holds the same there. */
const passOver = async (
  source: AsyncGenerator<RecordedEvent, void, undefined>,
  target: EventStore,
  onProgress: (events: number) => void,
): Promise<number> => {
  let count = 0;
  for await (const found of wholeLog(target)) {
    const expected = await source.next();
    if (expected.done === true) throw mismatch(`The source has ${count} events, the target has more.`);
    if (lineOf(expected.value) !== lineOf(found)) throw mismatch(`Event ${count + 1} of the logs differs.`);
    count += 1;
    if (count % progressEvery === 0) onProgress(count);
  }
  return count;
};

const appendGroup = async (target: EventStore, { events }: Group): Promise<void> => {
  const [first] = events;
  if (first === undefined) return;
  const { outcome } = await tryAppend(target, first.stream, first.version - 1, events);
  if (outcome === 'conflict') throw mismatch('Somebody else writes to the target.');
};

/**
 * Copies a whole history from one store to another, in the order of its log: ids, versions, types, data and metadata
 * stay as they are, positions and times of recording are those of the target. What an earlier call has copied is
 * compared and passed over. At its end both stores are read once more, and their digests compared.
 *
 * Nobody else may write to the target. Events that reach the source meanwhile may be left for the next call. Throws a
 * `HistoryMismatchError` when the target holds something else, and what the stores throw.
 */
export const copyHistory = async (
  source: EventStore,
  target: EventStore,
  { onProgress = () => undefined, signal }: CopyHistoryOptions = {},
): Promise<HistoryDigest> => {
  const events = wholeLog(source);
  let count = await passOver(events, target, onProgress);
  let group = new Group();
  const flush = async (): Promise<void> => {
    signal?.throwIfAborted();
    await appendGroup(target, group);
    count += group.events.length;
    onProgress(count);
    group = new Group();
  };
  for await (const event of events) {
    if (!group.takes(event)) await flush();
    group.add(event);
  }
  await flush();
  return compareHistories(source, target, count);
};

const compareHistories = async (
  source: EventStore,
  target: EventStore,
  count: number,
): Promise<HistoryDigest> => {
  const copy = await historyDigestOf(target);
  const original = await historyDigestOf({ readAll: limited(source, count) });
  if (copy.events === count && copy.digest === original.digest) return copy;
  throw mismatch(`After copying ${count} events the digests differ.`);
};

/** The first so many events of a log: what is recorded while it is compared is left out. */
const limited =
  (store: EventStore, count: number): EventStore['readAll'] =>
  async (options = {}) => {
    const { events, next, atHead } = await store.readAll(options);
    const taken = events.slice(0, count);
    count -= taken.length;
    return { events: taken, next, atHead: atHead || count === 0 };
  };
