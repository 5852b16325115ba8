import { isLeft } from 'fp-ts/Either';
import { tryAppend } from '../event-store/append-outcome';
import type { AggregateMemory } from './aggregate-memory';
import type { AggregateSnapshots } from './aggregate-snapshots';
import type { Decider } from './decider';
import { loadAggregate } from './load-aggregate';
import { decodeRecorded, type DomainEvent, type EventCodec } from '../codecs/event-codec';
import { eventsToAppend } from '../event-store/event-id';
import type {
  AppendResult,
  EventMetadata,
  EventStore,
  RecordedEvent,
  Version,
} from '../event-store/event-store';
import type { EventStoreError } from '../event-store/event-store-error';
import type { Position } from '../event-store/position';
import { readWholeStream } from '../event-store/read-whole-stream';
import { harmlessTelemetry } from '../telemetry/harmless-telemetry';
import type { Telemetry, TelemetrySpan } from '../telemetry/telemetry';
import { hasGrown } from '../values/growing-set';

/** What came of a command, as plain data. */
export type CommandOutcome<Event, Rejection> =
  | {
      readonly outcome: 'accepted';
      readonly stream: string;
      /** The version of the stream afterwards. */
      readonly version: Version;
      /** Where to wait for, to read what was written; absent when the stream has no events. */
      readonly position: Position | undefined;
      /** What happened; empty when the command had nothing left to do. */
      readonly events: readonly Event[];
    }
  | { readonly outcome: 'refused'; readonly rejection: Rejection };

/** A command with what its handling needs beside it. */
export interface CommandRequest<Command, Facts> {
  readonly stream: string;
  readonly command: Command;
  /** Read anew for every attempt, so that a retry decides on the present. */
  readonly facts: () => Facts | Promise<Facts>;
  readonly metadata: EventMetadata;
}

export interface CommandHandlerOptions<Command, State, Event extends DomainEvent, Rejection, Facts> {
  readonly store: EventStore;
  readonly decider: Decider<Command, State, Event, Rejection, Facts>;
  readonly codec: EventCodec<Event>;
  /** Spares the events that are known already from one command to the next; absent: every command reads all of them. */
  readonly memory?: AggregateMemory<State>;
  /** Spares them also a process that has just begun. */
  readonly snapshots?: AggregateSnapshots<State>;
  /** Has every command watched; absent: none is. */
  readonly telemetry?: Telemetry | undefined;
  /** How often a command is decided anew when another one came first. Default 10. */
  readonly attemptsMax?: number;
  /** Waits before the next attempt; the default waits a random share of 2 ms, 4 ms, 8 ms, at most 250 ms. */
  readonly pause?: (attempt: number) => Promise<void>;
}

interface OnRecord<Event> {
  readonly recorded: RecordedEvent;
  readonly event: Event;
}

const jitteredPause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(2 ** attempt, 250)));

/**
 * Handles commands of one aggregate: load, decide, append at exactly the version that was decided on. When
 * another command came first, it decides anew. A command that is repeated with the same `commandId` returns
 * what the first one returned; a refusal records nothing, so a repetition of it decides again.
 */
export const createCommandHandler = <Command, State, Event extends DomainEvent, Rejection, Facts>(
  options: CommandHandlerOptions<Command, State, Event, Rejection, Facts>,
): ((request: CommandRequest<Command, Facts>) => Promise<CommandOutcome<Event, Rejection>>) => {
  const { store, decider, codec, memory, snapshots, attemptsMax = 10, pause = jitteredPause } = options;
  const telemetry = harmlessTelemetry(options.telemetry);

  /** What a command recorded after a version, which it did in one append. */
  const recordedBy = async (
    commandId: string,
    stream: string,
    after: Version,
  ): Promise<readonly OnRecord<Event>[]> => {
    const found: OnRecord<Event>[] = [];
    for await (const recorded of readWholeStream(store, stream, after)) {
      if (recorded.metadata.commandId === commandId) {
        found.push({ recorded, event: decodeRecorded(codec, recorded) });
      } else if (found.length > 0) break;
    }
    return found;
  };

  const accepted = (
    stream: string,
    { version, position }: { readonly version: Version; readonly position: Position | undefined },
    events: readonly Event[],
  ): CommandOutcome<Event, Rejection> => ({ outcome: 'accepted', stream, version, position, events });

  const acceptedAs = (
    stream: string,
    found: readonly OnRecord<Event>[],
  ): CommandOutcome<Event, Rejection> | undefined => {
    const last = found.at(-1)?.recorded;
    return (
      last &&
      accepted(
        stream,
        last,
        found.map(({ event }) => event),
      )
    );
  };

  interface Appended {
    readonly result: AppendResult;
    readonly events: readonly Event[];
  }

  /** What an append came to that a command was decided on after a version. */
  const outcomeOf = async (
    { stream, metadata }: CommandRequest<Command, Facts>,
    after: Version,
    { result, events }: Appended,
  ): Promise<CommandOutcome<Event, Rejection>> => {
    const decided = accepted(stream, result, events);
    if (!result.mayBeRepetition) return decided;
    // The same command may have been in other hands at this moment, with other facts, and have come first: what it
    // recorded may differ from what was just decided.
    return acceptedAs(stream, await recordedBy(metadata.commandId, stream, after)) ?? decided;
  };

  type Attempt =
    CommandOutcome<Event, Rejection> | { readonly outcome: 'overtaken'; readonly error: EventStoreError };

  const attempt = async (request: CommandRequest<Command, Facts>): Promise<Attempt> => {
    const { stream, command, metadata } = request;
    const loaded = await loadAggregate(store, stream, { decider, codec, memory, snapshots });
    const isRepeated = hasGrown(loaded.commandIds, metadata.commandId);
    const first = isRepeated && acceptedAs(stream, await recordedBy(metadata.commandId, stream, 0));
    if (first) return first;
    const decision = decider.decide(command, loaded.state, await request.facts());
    if (isLeft(decision)) return { outcome: 'refused', rejection: decision.left };
    const events = decision.right;
    if (events.length === 0) {
      const { version, last } = loaded;
      return accepted(stream, { version, position: last?.position }, events);
    }
    const appended = await tryAppend(
      store,
      stream,
      loaded.version,
      eventsToAppend(events.map(codec.encode), metadata),
    );
    if (appended.outcome === 'conflict') return { outcome: 'overtaken', error: appended.error };
    return outcomeOf(request, loaded.version, { result: appended.result, events });
  };

  const handle = async (
    request: CommandRequest<Command, Facts>,
    span: TelemetrySpan,
  ): Promise<CommandOutcome<Event, Rejection>> => {
    for (let attempts = 1; ; attempts += 1) {
      const result = await attempt(request);
      span.set({ 'mandate.outcome': result.outcome, 'mandate.attempts': attempts });
      if (result.outcome !== 'overtaken') return result;
      if (attempts >= attemptsMax) throw result.error;
      await pause(attempts);
    }
  };

  /** The events say which trace they come from, unless the caller has said so. */
  const traced = (request: CommandRequest<Command, Facts>): CommandRequest<Command, Facts> => {
    const traceparent = request.metadata.traceparent ?? telemetry.traceparent();
    return traceparent === undefined
      ? request
      : { ...request, metadata: { ...request.metadata, traceparent } };
  };

  return (request) => {
    const { stream, metadata } = request;
    const attributes = { 'mandate.stream': stream, 'mandate.command.id': metadata.commandId };
    return telemetry.inSpan('mandate.command', attributes, (span) => handle(traced(request), span));
  };
};
