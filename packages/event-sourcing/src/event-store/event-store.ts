import type { Instant } from '../values/instant';
import type { JsonObject } from '../values/json';
import type { Position, StoreId } from './position';
import type { Uuid } from '../values/uuid';

/** The number of events in a stream after an event; a stream that does not exist has version 0. */
export type Version = number;

/** What the version of the stream must be for an append to happen. There is no "any". */
export type ExpectedVersion = Version | 'no-stream';

/** Why an event exists: which command, in which conversation, by whom. Ids only, never a name or an address. */
export interface EventMetadata {
  readonly commandId: Uuid;
  readonly correlationId: Uuid;
  readonly causationId: Uuid;
  /** An opaque id of the person or system that acted. */
  readonly actor: string;
  /** W3C Trace Context. */
  readonly traceparent?: string;
}

/** An event on its way into the store. */
export interface EventToAppend {
  /** Derived from the command, so that a repeated append is recognised. */
  readonly eventId: Uuid;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: JsonObject;
  readonly metadata: EventMetadata;
}

/** An event as the store keeps it. */
export interface RecordedEvent extends EventToAppend {
  readonly stream: string;
  readonly version: Version;
  readonly position: Position;
  /**
   * When the store recorded it, by the store's clock: when we knew. Never before the event that precedes it in the
   * log, also when the clock was set back.
   */
  readonly recordedAt: Instant;
}

export interface AppendResult {
  /** The version of the stream after the appended events. */
  readonly version: Version;
  /** The position of the last of them. */
  readonly position: Position;
  /**
   * Whether they may have been there before. False only where the store knows that this very call recorded them, so
   * that what is there is what was given.
   */
  readonly mayBeRepetition: boolean;
}

export interface ReadStreamOptions {
  /** Only events after this version. Default 0: from the first one. */
  readonly after?: Version;
  /** At most so many events. Default 1,000. */
  readonly limit?: number;
}

export interface StreamPage {
  readonly events: readonly RecordedEvent[];
  /** The version to read on from. */
  readonly next: Version;
  /** Whether the stream had no further events when it was read. */
  readonly atEnd: boolean;
}

/** Which events of the log are wanted; an event that meets every given condition is. */
export interface EventFilter {
  readonly types?: readonly string[];
  readonly streamPrefix?: string;
}

export interface ReadAllOptions {
  /** Only events after this position. Default: from the beginning. */
  readonly after?: Position | undefined;
  /** At most so many events. Default 1,000. */
  readonly limit?: number;
  readonly filter?: EventFilter | undefined;
}

export interface LogPage {
  readonly events: readonly RecordedEvent[];
  /** The position to read on from: past events that the filter left out, too. Absent in an empty log. */
  readonly next: Position | undefined;
  /** Whether the log had no further events when it was read. */
  readonly atHead: boolean;
}

export interface SubscribeOptions {
  readonly after?: Position | undefined;
  readonly filter?: EventFilter | undefined;
  /** Ends the iteration, quietly. */
  readonly signal?: AbortSignal;
}

/** Events in order, and after the last one that exists a mark that the subscriber has caught up. */
export type SubscriptionBatch =
  | { readonly kind: 'events'; readonly events: readonly RecordedEvent[]; readonly next: Position }
  | { readonly kind: 'caught-up'; readonly next: Position | undefined };

/** What a store can do beyond the port; what it cannot do it refuses loudly. */
export interface StoreCapabilities {
  /** Several processes may use one store at the same time. */
  readonly manyProcesses: boolean;
  /** Acknowledged events survive the end of the process. */
  readonly durable: boolean;
  /** The bytes of a stream can be removed for good. */
  readonly eraseStream: boolean;
}

/**
 * Keeps streams of events and the order of all of them. Every method rejects with an `EventStoreError` whose
 * `failure` says what happened; a version conflict never surfaces as anything else.
 */
export interface EventStore {
  readonly storeId: StoreId;
  readonly capabilities: StoreCapabilities;

  /**
   * Adds events to the end of a stream, all or none, if its version is the expected one. Repeating an append
   * whose events are there already, at the same place, returns what the first one returned.
   *
   * Fails with `version-conflict`, `duplicate-event-id`, `stream-closed`, `too-large`, `invalid-append`,
   * `outcome-unknown`, `unavailable` or `store-closed`.
   */
  append(stream: string, expected: ExpectedVersion, events: readonly EventToAppend[]): Promise<AppendResult>;

  /** One page of a stream. A stream that does not exist has no events. */
  readStream(stream: string, options?: ReadStreamOptions): Promise<StreamPage>;

  /** One page of the whole log, in the order in which events were recorded. */
  readAll(options?: ReadAllOptions): Promise<LogPage>;

  /**
   * All events after a position, then new ones as they are recorded, without gap or repetition. Goes on until the
   * signal or the reader ends it; when the store is closed first, the iteration fails with `store-closed`.
   */
  subscribe(options?: SubscribeOptions): AsyncIterable<SubscriptionBatch>;

  /**
   * Removes a stream's bytes for good: reads and subscriptions no longer show its events, and its name takes no new
   * ones (`stream-closed`), so that a late retry cannot bring them back. The places of its events in the log stay
   * empty. Erasing twice, or a stream that never existed, does no harm. Fails with `not-supported` where
   * `capabilities` say so.
   */
  eraseStream(stream: string): Promise<void>;

  /** Lets go of everything it holds. Later calls fail with `store-closed`; closing twice does no harm. */
  close(): Promise<void>;
}
