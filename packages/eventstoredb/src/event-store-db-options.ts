import type { Credentials, EventStoreDbClient } from './client';
import type { SubscriptionDrop } from './subscription/subscription';

export interface EventStoreDbOptions {
  /**
   * An `EventStoreDBClient` of `@eventstore/db-client` 6.2, or a client of its successor. It stays yours: close the store
   * first, then dispose of the client.
   */
  readonly client: EventStoreDbClient;
  /**
   * Whom the server is told that calls. `'insecure'` for a connection without TLS, over which the client sends nobody's
   * name. Give them here even if the connection string has them: without credentials of its own an append would go a way
   * that has no deadline.
   */
  readonly credentials: Credentials | 'insecure';
  /**
   * How long one call waits for one answer of the server before it asks again. Default 2,500 ms: a server that is going
   * to answer at all gives up by itself after 2,000 ms.
   */
  readonly attemptMs?: number;
  /**
   * How long a call may take with all its attempts, and with waiting for earlier appends to the same stream. Default
   * 8,000 ms: in a cluster whose leader had been killed, every append was recorded after 5.4 s.
   */
  readonly deadlineMs?: number;
  /**
   * How many appends are on their way at once, and how many reads; others wait. Default 64 of each: thousands make servers
   * and proxies reset connections.
   */
  readonly concurrentCallsMax?: number;
  /** The server's `MaxAppendSize` in bytes. Default 1,048,576, which is the server's own default. */
  readonly appendBytesMax?: number;
  /** After so long without a word of the server, a subscription looks whether there is really nothing. Default 10,000 ms. */
  readonly silenceMs?: number;
  /** Is told of every subscription that the server ended and that is made anew, for logs and meters. */
  readonly onSubscriptionDrop?: (drop: SubscriptionDrop) => void;
}

/** The options with every default filled in. */
export interface ResolvedOptions extends Required<Omit<EventStoreDbOptions, 'credentials'>> {
  readonly credentials: Credentials;
}

/** Must be there for an append to go the right way; over a connection without TLS it is never sent. */
const nobody: Credentials = { username: 'nobody', password: 'nobody' };

const requireWholeNumber = (name: string, value: number): number => {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new RangeError(`Expected ${name} to be a whole number, 1 or more.`);
};

/**
 * A client that is told not to throw reports a conflict as a success that did not happen, with a wrong revision: no
 * store can be built on that.
 */
const requireThrowing = (client: EventStoreDbClient): void => {
  if ('throwOnAppendFailure' in client && client.throwOnAppendFailure === false) {
    throw new RangeError('Expected a client that throws on append failure: leave throwOnAppendFailure out.');
  }
};

/** Throws a `RangeError` for options that no store can work with. */
export const resolveOptions = (options: EventStoreDbOptions): ResolvedOptions => {
  requireThrowing(options.client);
  const { attemptMs = 2_500, deadlineMs = 8_000, silenceMs = 10_000 } = options;
  return {
    client: options.client,
    credentials: options.credentials === 'insecure' ? nobody : options.credentials,
    attemptMs: Math.min(requireWholeNumber('attemptMs', attemptMs), deadlineMs),
    deadlineMs: requireWholeNumber('deadlineMs', deadlineMs),
    silenceMs: requireWholeNumber('silenceMs', silenceMs),
    concurrentCallsMax: requireWholeNumber('concurrentCallsMax', options.concurrentCallsMax ?? 64),
    appendBytesMax: requireWholeNumber('appendBytesMax', options.appendBytesMax ?? 1_048_576),
    onSubscriptionDrop: options.onSubscriptionDrop ?? ((): void => undefined),
  };
};
