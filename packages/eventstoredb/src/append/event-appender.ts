import {
  EventStoreError,
  type AppendResult,
  type ExpectedVersion,
  type PreparedAppend,
  type StoreId,
} from '@mandate/event-sourcing';
import { answerInTime } from '../answer-in-time';
import type { CallSlots } from '../call-slots';
import type { ClientEventData, Credentials, EventStoreDbClient, LogPlace } from '../client';
import { clientFailureOf, type ClientFailure } from '../client-failure';
import { clientEventOf, storedBytesOf } from '../event-format';
import { positionAt } from '../log-place';
import { attemptInTime, type Attempt, type Patience } from '../patience';
import type { StoreLife } from '../store-life';

/** An append that was checked, and is on its way. */
export interface AppendRequest {
  readonly append: PreparedAppend;
  /** As the caller wrote it, for the failure that names it. */
  readonly expected: ExpectedVersion;
  readonly clientEvents: ClientEventData[];
  readonly storedBytes: number;
  readonly startedAt: number;
}

export interface EventAppenderOptions {
  readonly client: EventStoreDbClient;
  readonly credentials: Credentials;
  readonly storeId: StoreId;
  readonly patience: Patience;
  readonly life: StoreLife;
  readonly slots: CallSlots;
  readonly appendBytesMax: number;
  /** Where the event of a version stands in the log. */
  readonly placeOfVersion: (stream: string, version: number) => Promise<LogPlace | undefined>;
  readonly versionOf: (stream: string) => Promise<number>;
}

export interface EventAppender {
  /** Writes the events out. Throws `too-large` when the server would not take them. */
  readonly prepare: (append: PreparedAppend, expected: ExpectedVersion) => AppendRequest;
  readonly append: (request: AppendRequest) => Promise<AppendResult>;
}

type Answer =
  { readonly place: LogPlace | undefined } | { readonly failure: ClientFailure; readonly cause: unknown };

/** Whether the same append may be made again: the same ids at the same exact revision cannot be written twice. */
const isWorthAnother = ({ kind }: ClientFailure): boolean => kind === 'unknown' || kind === 'not-leader';

export const eventAppenderOf = (options: EventAppenderOptions): EventAppender => {
  const { client, credentials, storeId, patience, life, slots, appendBytesMax } = options;

  const call = async (
    { append, clientEvents }: AppendRequest,
    attemptMs: number,
  ): Promise<LogPlace | undefined> => {
    const revision = append.expected === 0 ? 'no_stream' : BigInt(append.expected - 1);
    const result = await answerInTime(attemptMs, () =>
      client.appendToStream(append.stream, clientEvents, {
        expectedRevision: revision,
        streamState: revision,
        // With credentials the client makes one call of every append. Without, all appends of the process share a
        // stream that has no deadline and that takes all of them along when it breaks.
        credentials,
        requiresLeader: true,
        deadline: attemptMs,
      }),
    );
    if (!result.success) throw new Error('Expected an error of the client, found a result without success.');
    return result.position;
  };

  const attempt = async (request: AppendRequest, attemptMs: number): Promise<Answer> => {
    try {
      return { place: await call(request, attemptMs) };
    } catch (error) {
      return { failure: clientFailureOf(error), cause: error };
    }
  };

  const unknownOutcome = ({ append }: AppendRequest, cause: unknown): EventStoreError =>
    new EventStoreError(
      { kind: 'outcome-unknown', eventIds: append.events.map(({ eventId }) => eventId) },
      { cause },
    );

  const refusalOf = async (
    request: AppendRequest,
    failure: ClientFailure,
    cause: unknown,
  ): Promise<EventStoreError> => {
    const { stream } = request.append;
    switch (failure.kind) {
      case 'conflict': {
        const actual = failure.actualVersion ?? (await options.versionOf(stream));
        return new EventStoreError({ kind: 'version-conflict', stream, expected: request.expected, actual });
      }
      case 'stream-deleted':
        return new EventStoreError({ kind: 'stream-closed', stream }, { cause });
      case 'too-large': {
        const { limitBytes } = failure;
        return new EventStoreError({ kind: 'too-large', limitBytes, foundBytes: request.storedBytes });
      }
      case 'refused':
        return new EventStoreError(
          { kind: 'unavailable', retryable: false, reason: failure.reason },
          { cause },
        );
      case 'stream-not-found':
      case 'not-leader':
      case 'unknown':
        return unknownOutcome(request, cause);
    }
  };

  const resultOf = async (request: AppendRequest, told: LogPlace | undefined): Promise<AppendResult> => {
    const { stream, expected, events } = request.append;
    const version = expected + events.length;
    // Of a repetition the server does not always say where it stands.
    const place = told ?? (await options.placeOfVersion(stream, version).catch(() => undefined));
    if (place === undefined) throw unknownOutcome(request, undefined);
    // The server answers a repetition as it answers the first time.
    return { version, position: positionAt(storeId, place), mayBeRepetition: true };
  };

  const append: EventAppender['append'] = async (request) => {
    const redirections: unknown[] = [];
    const unknown: unknown[] = [];
    const once = async (attemptMs: number): Promise<Attempt<Answer>> => {
      const answer = await attempt(request, attemptMs);
      if (!('failure' in answer) || !isWorthAnother(answer.failure)) return { kind: 'answered', answer };
      const isRedirected = answer.failure.kind === 'not-leader';
      (isRedirected ? redirections : unknown).push(answer.cause);
      return { kind: 'again', isRedirected };
    };
    const answer = await attemptInTime({ patience, life, slots, startedAt: request.startedAt }, once);
    if (answer !== undefined) {
      if ('failure' in answer) throw await refusalOf(request, answer.failure, answer.cause);
      return resultOf(request, answer.place);
    }
    if (unknown.length > 0) throw unknownOutcome(request, unknown.at(-1));
    life.requireOpen();
    throw new EventStoreError(
      { kind: 'unavailable', retryable: true, reason: 'no leader took the events in time' },
      { cause: redirections.at(-1) },
    );
  };

  return {
    append,
    prepare: (append, expected) => {
      const clientEvents = append.events.map(clientEventOf);
      const storedBytes = append.events.reduce(
        (bytes, event, index) => bytes + storedBytesOf(clientEvents[index] as ClientEventData, event),
        0,
      );
      if (storedBytes > appendBytesMax) {
        throw new EventStoreError({ kind: 'too-large', limitBytes: appendBytesMax, foundBytes: storedBytes });
      }
      return { append, expected, clientEvents, storedBytes, startedAt: performance.now() };
    },
  };
};
