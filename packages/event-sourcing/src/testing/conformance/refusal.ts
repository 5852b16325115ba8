import assert from 'node:assert/strict';
import {
  isEventStoreError,
  type EventStoreError,
  type EventStoreFailure,
} from '../../event-store/event-store-error';

/** The error of a call that a store must refuse. */
export const refusalOf = async (call: Promise<unknown>): Promise<EventStoreError> => {
  const outcome = await call.then(
    () => 'accepted' as const,
    (error: unknown) => error,
  );
  assert.notEqual(outcome, 'accepted', 'Expected the store to refuse, but it did not.');
  assert.ok(isEventStoreError(outcome), `Expected an EventStoreError, found ${String(outcome)}.`);
  assert.equal(outcome.code, outcome.failure.kind);
  return outcome;
};

/** Asserts that a call is refused for exactly this reason. */
export const refusesAs = async (call: Promise<unknown>, failure: EventStoreFailure): Promise<void> => {
  assert.deepEqual((await refusalOf(call)).failure, failure);
};

/** Asserts that a call is refused for a reason of this kind, and returns the error for a closer look. */
export const refusesWith = async (
  call: Promise<unknown>,
  ...kinds: readonly EventStoreFailure['kind'][]
): Promise<EventStoreError> => {
  const error = await refusalOf(call);
  assert.ok(
    kinds.includes(error.code),
    `Expected ${kinds.join(' or ')}, found ${error.code}: ${error.message}`,
  );
  return error;
};
