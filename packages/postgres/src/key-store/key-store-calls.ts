import { KeyStoreError } from '@mandate/vault';
import { troubleOf } from '../postgres-trouble';
import { BeginAnew } from '../transaction';

/** Says in the words of the port what the server or the connection said; other errors pass as they are. */
export const asKeyStoreError = (error: unknown): unknown => {
  if (error instanceof BeginAnew) {
    return new KeyStoreError('unavailable', 'other sessions were in the way again and again', {
      cause: error,
    });
  }
  const trouble = troubleOf(error);
  if (trouble === undefined) return error;
  const code = trouble.kind === 'damaged' ? 'corrupt' : 'unavailable';
  return new KeyStoreError(code, trouble.sentence, { cause: error });
};

/** The calls of a store, until it is closed. */
export interface KeyStoreCalls {
  /** Every failure is the rejection of a promise. */
  readonly call: <T>(work: () => Promise<T>) => Promise<T>;
  /** Lets calls that have begun come to their end. Closing twice is closing once. */
  readonly close: () => Promise<void>;
}

export const callsOfKeyStore = (end: () => Promise<void>): KeyStoreCalls => {
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;
  const run = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw asKeyStoreError(error);
    }
  };
  const endAll = async (): Promise<void> => {
    await Promise.allSettled(underWay);
    await end();
  };
  return {
    call: async (work) => {
      if (closing !== undefined) throw new KeyStoreError('store-closed', 'the key store is closed');
      const running = run(work);
      underWay.add(running);
      try {
        return await running;
      } finally {
        underWay.delete(running);
      }
    },
    close: () => (closing ??= endAll()),
  };
};
