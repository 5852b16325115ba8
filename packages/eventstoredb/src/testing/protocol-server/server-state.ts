import type { EventLog } from './event-log';
import type { Faults } from './faults';
import type { IdCache } from './id-cache';
import type { LiveSubscriptions } from './live-subscriptions';
import type { Streams } from './streams';

/** Which way of subscribing the server has: that of 23.10, or that of 24.2 and later. */
export type SubscriptionEngine = '23.10' | '24.x';

/** What is counted when the size of an append is limited: the data only, as up to 24.6, or all of the record. */
export type SizeRule = 'data' | 'data-metadata-type';

export interface ServerSettings {
  readonly engine: SubscriptionEngine;
  readonly appendBytesMax: number;
  readonly sizeRule: SizeRule;
  /** How many live events a subscription may be behind before the server drops it or sends it back. */
  readonly liveEventsMax: number;
  /** Whether 24.2 to 24.10.4 report a checkpoint of 2^64-1 when nothing was wanted since the start. */
  readonly hasNowhereCheckpoints: boolean;
  /** Whether the answer to a repeated append says where it stands in the log; real servers do not always. */
  readonly tellsPositionOfRepetition: boolean;
  /** Whether the server offers batch append, which clients then prefer. */
  readonly offersBatchAppend: boolean;
}

/** Everything that the calls of one server work on. */
export interface ServerState {
  readonly settings: ServerSettings;
  readonly log: EventLog;
  readonly streams: Streams;
  readonly ids: IdCache;
  readonly faults: Faults;
  readonly subscriptions: LiveSubscriptions;
}
