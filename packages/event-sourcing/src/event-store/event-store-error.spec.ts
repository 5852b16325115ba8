import { describe, expect, it } from '@jest/globals';
import {
  EventStoreError,
  eventStoreFailureOf,
  isEventStoreError,
  type EventStoreFailure,
} from './event-store-error';
import type { Uuid } from '../values/uuid';

const eventId = '00000000-0000-4000-8000-000000000001' as Uuid;

const failures: readonly EventStoreFailure[] = [
  { kind: 'version-conflict', stream: 'a', expected: 'no-stream', actual: 2 },
  { kind: 'duplicate-event-id', eventId, stream: 'a' },
  { kind: 'outcome-unknown', eventIds: [eventId] },
  { kind: 'unavailable', retryable: true, reason: 'the disk is full' },
  { kind: 'unavailable', retryable: false, reason: 'the disk is gone' },
  { kind: 'too-large', limitBytes: 10, foundBytes: 11 },
  { kind: 'invalid-append', reason: 'expected at least one event' },
  { kind: 'invalid-read', reason: 'expected a limit of 1 event or more' },
  { kind: 'stream-closed', stream: 'a' },
  { kind: 'not-supported', operation: 'erasing a stream' },
  { kind: 'store-closed' },
  { kind: 'foreign-position', expected: 's1', found: 's2' },
  { kind: 'position-beyond-head', position: 's:9', head: 's:8' },
  { kind: 'corrupt', position: 's:9', stream: 'a', type: 'A', reason: 'x: expected string, found null.' },
];

describe('an error of a store', () => {
  it.each(failures)('says in whole sentences what happened and what to do: $kind', (failure) => {
    const error = new EventStoreError(failure);
    expect(error.message).toMatch(/^[A-Z].*\.$/);
    const { kind, ...facts } = failure;
    expect(error).toMatchObject({ name: 'EventStoreError', code: kind, failure: { kind, ...facts } });
  });

  it('has a sentence of its own for every kind', () => {
    const sentences = failures.map((failure) => new EventStoreError(failure).message);
    expect(new Set(sentences).size).toBe(failures.length);
  });

  it('keeps its cause', () => {
    const cause = new Error('SQLITE_FULL');
    expect(new EventStoreError({ kind: 'store-closed' }, { cause }).cause).toBe(cause);
  });

  it('is recognised when another copy of this package threw it', () => {
    class EventStoreErrorOfACopy extends Error {
      override readonly name = 'EventStoreError';
      readonly code = 'store-closed';
      readonly failure = { kind: 'store-closed' };
    }
    expect(isEventStoreError(new EventStoreErrorOfACopy())).toBe(true);
    expect(eventStoreFailureOf(new EventStoreErrorOfACopy())).toEqual({ kind: 'store-closed' });
  });

  it.each([new Error('x'), undefined, null, 'store-closed', { name: 'EventStoreError', failure: {} }])(
    'is not %p',
    (error) => {
      expect(isEventStoreError(error)).toBe(false);
      expect(eventStoreFailureOf(error)).toBeUndefined();
    },
  );
});
