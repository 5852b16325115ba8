import { EventStoreError } from '../event-store/event-store-error';

/** What can happen to one call of a store. */
export type StoreFault =
  /** Nothing happens, and the caller is told: `unavailable`, worth another try. */
  | 'fail-before'
  /** Nothing happens, and the caller does not know: `outcome-unknown` of an append, `unavailable` otherwise. */
  | 'lose-request'
  /** It happens, and the caller does not know: `outcome-unknown` of an append, `unavailable` otherwise. */
  | 'lose-acknowledgement'
  /** It happens after a pause. */
  | 'delay'
  /** It happens twice. */
  | 'duplicate'
  /** The process dies first: nothing happens, now or later. */
  | 'crash-before'
  /** The process dies afterwards: it happens, and nothing does later. */
  | 'crash-after';

/** What the dead are told. */
export const crashed = (): EventStoreError =>
  new EventStoreError({
    kind: 'unavailable',
    retryable: false,
    reason: 'the process has crashed, as planned',
  });

export const unreachable = (): EventStoreError =>
  new EventStoreError({ kind: 'unavailable', retryable: true, reason: 'a fault was planned here' });

/** A call to which something may happen. */
export interface FaultyCall<T> {
  readonly perform: () => Promise<T>;
  /** What a caller is told who cannot know whether it happened. */
  readonly unknown: () => Error;
}

/** Makes a call as a fault has it; `die` is told when the process does not survive. */
export const suffer = async <T>(
  { perform, unknown }: FaultyCall<T>,
  fault: StoreFault | undefined,
  { pause, die }: { readonly pause: () => Promise<void>; readonly die: () => void },
): Promise<T> => {
  switch (fault) {
    case undefined:
      return perform();
    case 'fail-before':
      throw unreachable();
    case 'lose-request':
      throw unknown();
    case 'lose-acknowledgement':
      await perform();
      throw unknown();
    case 'delay':
      await pause();
      return perform();
    case 'duplicate':
      await perform();
      return perform();
    case 'crash-before':
      die();
      throw crashed();
    case 'crash-after':
      await perform();
      die();
      throw crashed();
  }
};
