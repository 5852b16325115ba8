import { setImmediate as nextTurn } from 'node:timers/promises';
import { mandateEventCodec, type MandateEvent } from '@mandate/domain';
import {
  isInstant,
  isOnRecordAt,
  sentenceOfIssue,
  type EventStore,
  type Instant,
  type LogPage,
  type Position,
  type RecordedEvent,
} from '@mandate/event-sourcing';
import { isLeft } from 'fp-ts/Either';

/** An event of the domain as it is read back, and where it stands. */
export interface ReplayedEvent {
  readonly event: MandateEvent;
  readonly stream: string;
  readonly recordedAt: Instant;
  readonly position: Position;
}

/** An event of the domain that cannot be understood: where it stands and what is wrong with it, never what it says. */
export interface UnreadableEvent {
  readonly stream: string;
  readonly position: Position;
  readonly recordedAt: Instant;
  readonly type: string;
  readonly reason: string;
}

export interface ReplayProgress {
  readonly events: number;
  readonly unreadable: number;
  /** Events of other kinds than the domain's, such as those of a deletion's own process. */
  readonly others: number;
  /** Everything up to here has been looked at. */
  readonly reached: Position | undefined;
}

export interface ReplayOptions {
  readonly store: Pick<EventStore, 'readAll'>;
  /** After this instant of recording, or after this position. Default: from the beginning. */
  readonly from?: Instant | Position | undefined;
  /** Up to and with this instant of recording, or this position. Default: to the end of the log. */
  readonly to?: Instant | Position | undefined;
  /** Is waited for before the next event is handed over. */
  readonly onEvent: (event: ReplayedEvent) => void | Promise<void>;
  readonly onUnreadable: (event: UnreadableEvent) => void | Promise<void>;
  /** Told after every page of the log. */
  readonly progress?: ((progress: ReplayProgress) => void) | undefined;
  /** Stops the replay between two events. */
  readonly signal?: AbortSignal | undefined;
  /** How many events are held in memory at once. Default 1,000. */
  readonly pageSize?: number | undefined;
}

export interface ReplayOutcome extends ReplayProgress {
  readonly outcome: 'finished' | 'interrupted';
  /** Give it as `from` to go on without gap or repetition. */
  readonly resumeFrom: Instant | Position | undefined;
}

const knownTypes: ReadonlySet<string> = new Set(mandateEventCodec.types);

/** Hands one event over, and says as what it counts. */
const handOver = async (
  recorded: RecordedEvent,
  { onEvent, onUnreadable }: ReplayOptions,
): Promise<'events' | 'unreadable' | 'others'> => {
  if (!knownTypes.has(recorded.type)) return 'others';
  const { stream, position, recordedAt, type } = recorded;
  const decoded = mandateEventCodec.decode(recorded);
  if (isLeft(decoded)) {
    const reason = decoded.left.issues.map(sentenceOfIssue).join(' ');
    await onUnreadable({ stream, position, recordedAt, type, reason });
    return 'unreadable';
  }
  await onEvent({ event: decoded.right, stream, position, recordedAt });
  return 'events';
};

type Counts = { -readonly [Name in keyof ReplayProgress]: ReplayProgress[Name] };
type PageEnd = 'read' | 'past-the-end' | 'interrupted';

const replayPage = async (
  page: readonly RecordedEvent[],
  options: ReplayOptions,
  counts: Counts,
): Promise<PageEnd> => {
  const { from, to, signal } = options;
  const isBefore = from === undefined ? () => false : isOnRecordAt(from);
  const isUpToEnd = to === undefined ? () => true : isOnRecordAt(to);
  for (const recorded of page) {
    if (signal?.aborted === true) return 'interrupted';
    if (!isUpToEnd(recorded)) return 'past-the-end';
    if (!isBefore(recorded)) counts[await handOver(recorded, options)] += 1;
    counts.reached = recorded.position;
  }
  return 'read';
};

/**
 * Reads the history again in the order of the log, one page in memory at a time: everything recorded after `from`, up to
 * and with `to`, as `knownAt` has it, so that adjoining replays neither overlap nor leave a gap. An event that cannot be
 * read is reported and counted, and the replay goes on. Instants need a look at the log from its beginning; positions
 * do not (GDPR Art. 28(3)(h): the processor shows what happened).
 *
 * Rejects as the store does, for instance with `position-beyond-head`, and with whatever `onEvent` throws.
 */
export const replay = async (options: ReplayOptions): Promise<ReplayOutcome> => {
  const { from } = options;
  const start = from === undefined || isInstant(from) ? undefined : from;
  const counts: Counts = { events: 0, unreadable: 0, others: 0, reached: start };
  const isDone = await replayPages(start, options, counts);
  return { outcome: isDone ? 'finished' : 'interrupted', ...counts, resumeFrom: furtherOn(from, counts) };
};

/** Whether it came to the end, and was not interrupted. */
const replayPages = async (
  start: Position | undefined,
  options: ReplayOptions,
  counts: Counts,
): Promise<boolean> => {
  const { store, pageSize = 1000 } = options;
  let after = start;
  while (options.signal?.aborted !== true) {
    const page = await store.readAll({ after, limit: pageSize });
    const end = await replayPage(page.events, options, counts);
    if (end === 'interrupted') return false;
    counts.reached = reachedBy(page, end) ?? counts.reached;
    options.progress?.({ ...counts });
    if (isLast(page, end)) return true;
    after = page.next;
    // A store may answer at once: without a pause no signal would arrive and no timer run until the end.
    await nextTurn();
  }
  return false;
};

const reachedBy = ({ next }: LogPage, end: PageEnd): Position | undefined =>
  end === 'read' ? next : undefined;

const isLast = ({ atHead }: LogPage, end: PageEnd): boolean => end === 'past-the-end' || atHead;

/** Before the first event that counts, the instant that was given is the place to go on from. */
const furtherOn = (
  from: ReplayOptions['from'],
  { events, unreadable, others, reached }: ReplayProgress,
): Instant | Position | undefined => (events + unreadable + others === 0 ? (from ?? reached) : reached);
