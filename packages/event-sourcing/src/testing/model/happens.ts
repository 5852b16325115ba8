import assert from 'node:assert/strict';
import { isEventStoreError } from '../../event-store/event-store-error';

/** The result of a call that a store must not refuse. */
export const happens = async <T>(what: string, call: Promise<T>): Promise<T> => {
  try {
    return await call;
  } catch (error) {
    const reason = isEventStoreError(error) ? error.code : 'otherwise';
    throw new assert.AssertionError({ message: `Expected the store to ${what}, but it refused: ${reason}.` });
  }
};
