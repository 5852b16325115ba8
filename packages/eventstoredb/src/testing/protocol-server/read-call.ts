import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { EventLog, StoredEvent } from './event-log';
import { consequenceOf, type CallFault } from './faults';
import { eventMessage, nameIn, streamNotFoundMessage } from './messages';
import type { ServerState } from './server-state';
import { statuses } from './statuses';
import { failCall, writeTo, type ReadCall } from './writing';

type Direction = 'forwards' | 'backwards';

const directionOf = (options: ReadReq.Options): Direction =>
  options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS ? 'backwards' : 'forwards';

/** Forwards the start is part of what is read, backwards it is not. */
const eventsOfLog = (
  log: EventLog,
  options: ReadReq.Options.AllOptions,
  direction: Direction,
  count: number,
): readonly StoredEvent[] => {
  const position = options.getPosition();
  const from = position === undefined ? undefined : BigInt(position.getCommitPosition());
  // Where commit and prepare differ, the place lies before the event at the commit position.
  const index = from === undefined ? undefined : log.indexFrom(from);
  if (direction === 'forwards') {
    const start = options.hasEnd() ? log.events.length : (index ?? 0);
    return log.events.slice(start, start + count);
  }
  const end = options.hasStart() ? 0 : (index ?? log.events.length);
  return log.events.slice(Math.max(0, end - count), end).toReversed();
};

const eventsOfStream = (
  events: readonly StoredEvent[],
  options: ReadReq.Options.StreamOptions,
  direction: Direction,
): readonly StoredEvent[] => {
  const revision = options.hasRevision() ? Number(options.getRevision()) : undefined;
  if (direction === 'forwards') {
    const from = options.hasEnd() ? Infinity : (revision ?? 0);
    return events.filter((event) => event.revision >= from);
  }
  const to = options.hasStart() ? 0 : (revision ?? Infinity);
  return events.filter((event) => event.revision <= to).toReversed();
};

const sendAll = async (
  call: ReadCall,
  events: readonly StoredEvent[],
  { after, afterEvents }: CallFault,
): Promise<void> => {
  for (const [index, event] of events.entries()) {
    if (index === afterEvents) break;
    if (!(await writeTo(call, eventMessage(event)))) return;
  }
  const then = await consequenceOf(after);
  if (then === 'say-nothing') return;
  if (then === 'go-on') call.end();
  else failCall(call, then);
};

const readStream = async (
  call: ReadCall,
  { streams }: ServerState,
  options: ReadReq.Options,
  fault: CallFault,
): Promise<void> => {
  const ofStream = options.getStream() ?? new ReadReq.Options.StreamOptions();
  const stream = nameIn(ofStream.getStreamIdentifier());
  const state = streams.stateOf(stream);
  if (state.isTombstoned) {
    failCall(call, statuses.streamDeleted(stream));
    return;
  }
  if (state.lastRevision < 0 || state.isSoftDeleted) {
    if (await writeTo(call, streamNotFoundMessage(stream))) call.end();
    return;
  }
  const events = eventsOfStream(streams.visibleOf(stream), ofStream, directionOf(options));
  await sendAll(call, events.slice(0, Number(options.getCount())), fault);
};

/** Reads of a stream or of the whole log, in both directions. */
export const serveRead = async (
  call: ReadCall,
  state: ServerState,
  options: ReadReq.Options,
): Promise<void> => {
  const fault = state.faults.next('read');
  const first = await consequenceOf(fault.before);
  if (first === 'say-nothing') return;
  if (first !== 'go-on') {
    failCall(call, first);
    return;
  }
  const ofLog = options.getAll();
  if (ofLog === undefined) return readStream(call, state, options, fault);
  const events = eventsOfLog(state.log, ofLog, directionOf(options), Number(options.getCount()));
  await sendAll(call, events, fault);
};
