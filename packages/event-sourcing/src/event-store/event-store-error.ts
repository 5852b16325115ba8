import type { ExpectedVersion, Version } from './event-store';
import type { Uuid } from '../values/uuid';

/** What can go wrong at a store, as data. */
export type EventStoreFailure =
  | {
      readonly kind: 'version-conflict';
      readonly stream: string;
      readonly expected: ExpectedVersion;
      readonly actual: Version;
    }
  | { readonly kind: 'duplicate-event-id'; readonly eventId: Uuid; readonly stream: string }
  /** It may or may not have been written: read back by event id before anything else. */
  | { readonly kind: 'outcome-unknown'; readonly eventIds: readonly Uuid[] }
  | { readonly kind: 'unavailable'; readonly retryable: boolean; readonly reason: string }
  | { readonly kind: 'too-large'; readonly limitBytes: number; readonly foundBytes: number }
  | { readonly kind: 'invalid-append'; readonly reason: string }
  | { readonly kind: 'invalid-read'; readonly reason: string }
  /** The stream was erased: nothing comes back under its name. */
  | { readonly kind: 'stream-closed'; readonly stream: string }
  | { readonly kind: 'not-supported'; readonly operation: string }
  | { readonly kind: 'store-closed' }
  | { readonly kind: 'foreign-position'; readonly expected: string; readonly found: string }
  | { readonly kind: 'position-beyond-head'; readonly position: string; readonly head: string }
  /** Something is stored that cannot have been written by this library. */
  | {
      readonly kind: 'corrupt';
      readonly position: string;
      readonly stream: string;
      readonly type: string;
      readonly reason: string;
    };

const sentenceOf = (failure: EventStoreFailure): string => {
  switch (failure.kind) {
    case 'version-conflict':
      return (
        `Expected stream ${failure.stream} at version ${failure.expected}, found version ${failure.actual}. ` +
        'Load it again and decide anew.'
      );
    case 'duplicate-event-id':
      return (
        `Event ${failure.eventId} is in the store already, at another place than stream ${failure.stream}. ` +
        'Use a new command id for a new command.'
      );
    case 'outcome-unknown':
      return (
        'The store did not say whether it recorded the events. ' +
        'Read the stream and look for their ids, then append again with the same ids and the same version.'
      );
    case 'unavailable':
      return `The store cannot be reached: ${failure.reason}. ${failure.retryable ? 'Try again.' : 'Trying again will not help.'}`;
    case 'too-large':
      return `Expected at most ${failure.limitBytes} bytes in one append, found ${failure.foundBytes}. Append less at once.`;
    case 'invalid-append':
      return `The append cannot be recorded: ${failure.reason}.`;
    case 'invalid-read':
      return `The read cannot be answered: ${failure.reason}.`;
    case 'stream-closed':
      return `Stream ${failure.stream} was erased and takes no more events. Use a new stream.`;
    case 'not-supported':
      return `This store does not support ${failure.operation}; its capabilities say so.`;
    case 'store-closed':
      return 'The store is closed. Open it again.';
    case 'foreign-position':
      return (
        `Expected a position of store ${failure.expected}, found one of store ${failure.found}. ` +
        'A checkpoint belongs to the store it was made with: start from the beginning.'
      );
    case 'position-beyond-head':
      return (
        `Position ${failure.position} lies beyond the head ${failure.head} of this store. ` +
        'The store was probably restored from an older backup: rebuild what was derived from it.'
      );
    case 'corrupt':
      return (
        `The event at position ${failure.position} in stream ${failure.stream} (${failure.type}) cannot be read: ` +
        `${failure.reason}. Nothing after it was read. Restore the store, or add the missing upcaster.`
      );
  }
};

/** The one error that stores reject with; `failure` holds the facts, `code` their kind. */
export class EventStoreError extends Error {
  override readonly name = 'EventStoreError';
  readonly code: EventStoreFailure['kind'];
  readonly failure: EventStoreFailure;

  constructor(failure: EventStoreFailure, options?: ErrorOptions) {
    super(sentenceOf(failure), options);
    this.code = failure.kind;
    this.failure = failure;
  }
}

/** Tells a store's error from any other, also when two copies of this package are installed. */
export const isEventStoreError = (error: unknown): error is EventStoreError =>
  error instanceof Error && error.name === 'EventStoreError' && 'failure' in error;

/** The failure behind an error, if it is a store's. */
export const eventStoreFailureOf = (error: unknown): EventStoreFailure | undefined =>
  isEventStoreError(error) ? error.failure : undefined;
