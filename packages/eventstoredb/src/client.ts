/** A place in the server's log. For events of this library both numbers are the same; both are kept all the same. */
export interface LogPlace {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** Who calls. Over a connection without TLS the client sends nothing of it. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface ClientCallOptions {
  readonly credentials: Credentials;
  readonly requiresLeader: boolean;
  readonly deadline?: number;
}

/** An event as the client writes it. */
export interface ClientEventData {
  readonly id: string;
  readonly type: string;
  readonly contentType: 'application/json';
  readonly data: Record<string, unknown>;
  readonly metadata: Uint8Array;
}

/** An event as the client reads it. */
export interface ClientRecordedEvent {
  readonly streamId: string;
  readonly id: string;
  readonly revision: bigint;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
  readonly created: Date;
  readonly position?: LogPlace | undefined;
}

export interface ClientResolvedEvent {
  readonly event?: ClientRecordedEvent;
}

export interface ClientAppendOptions extends ClientCallOptions {
  /** What `@eventstore/db-client` looks at. */
  readonly expectedRevision: bigint | 'no_stream';
  /** What `@kurrent/kurrentdb-client` looks at instead: with the other name it would append anywhere. */
  readonly streamState: bigint | 'no_stream';
}

export interface ClientAppendResult {
  readonly success: boolean;
  readonly position?: LogPlace;
}

/** A read in progress: a Node stream with `cancel`, or a plain iterator, depending on the package. */
export interface ClientRead extends AsyncIterable<ClientResolvedEvent> {
  cancel?(): Promise<void>;
  on?(name: 'error', listener: (error: Error) => void): unknown;
}

export interface ClientReadOptions extends ClientCallOptions {
  readonly direction: 'forwards' | 'backwards';
  readonly maxCount: number;
}

/** Is told where a subscription is, between its events. */
export type CheckpointReached = (subscription: unknown, place: LogPlace) => Promise<void>;

/** By the name of the stream or by the type of the event, by how it begins or by a pattern. */
export type ClientFilterExpression = { readonly filterOn: 'streamName' | 'eventType' } & (
  { readonly prefixes: string[] } | { readonly regex: string }
);

/** Which events a subscription sends. */
export type ClientFilter = ClientFilterExpression & {
  readonly maxSearchWindow: number;
  readonly checkpointInterval: number;
  readonly checkpointReached: CheckpointReached;
};

/** A subscription in progress: a Node stream of resolved events that also says where it is. */
export interface ClientSubscription {
  on(name: 'data', listener: (resolved: ClientResolvedEvent) => void): unknown;
  on(name: 'error', listener: (error: Error) => void): unknown;
  on(name: 'end' | 'close' | 'confirmation' | 'caughtUp' | 'fellBehind', listener: () => void): unknown;
  pause(): unknown;
  resume(): unknown;
  unsubscribe(): Promise<void>;
  readonly readableLength: number;
}

/**
 * What the adapter needs of a client: an `EventStoreDBClient` of `@eventstore/db-client` 6.2, or a client of its
 * successor. It is given as a value, because two copies of such a package in one process break each other.
 */
export interface EventStoreDbClient {
  appendToStream(
    stream: string,
    events: ClientEventData[],
    options: ClientAppendOptions,
  ): Promise<ClientAppendResult>;
  readStream(
    stream: string,
    options: ClientReadOptions & { readonly fromRevision: bigint | 'end' },
  ): ClientRead;
  readAll(options: ClientReadOptions & { readonly fromPosition: LogPlace | 'start' | 'end' }): ClientRead;
  subscribeToAll(
    options: Omit<ClientCallOptions, 'deadline'> & {
      readonly fromPosition: LogPlace | 'start';
      readonly filter: ClientFilter;
    },
  ): ClientSubscription;
}
