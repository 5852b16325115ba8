import { EventStoreError } from '@mandate/event-sourcing';
import { troubleOf } from '../sqlite-code';
import { portCallsOf, type PortCalls } from '../port-calls';
import { CommitFault } from '../transaction';

/** Says in the words of the port what SQLite said; other errors pass as they are. */
export const asEventStoreError = (error: unknown): unknown => {
  // Reading and erasing may simply be repeated. For an append this is `outcome-unknown`, which it says itself.
  const trouble = troubleOf(error instanceof CommitFault ? error.cause : error);
  return trouble === undefined
    ? error
    : new EventStoreError({ kind: 'unavailable', ...trouble }, { cause: error });
};

/** Calls whose failures are those of the event store, as all ports of `@mandate/event-sourcing` have them. */
export const callsOfEventStore = (close: () => void): PortCalls =>
  portCallsOf(
    { closed: () => new EventStoreError({ kind: 'store-closed' }), asFailure: asEventStoreError },
    close,
  );
