import { EventStoreError } from '@mandate/event-sourcing';
import { troubleOf } from '../sqlite-code';
import { CommitFault } from '../transaction';

/** Says in the words of the port what SQLite said; other errors pass as they are. */
export const asEventStoreError = (error: unknown): unknown => {
  // Reading and erasing may simply be repeated. For an append this is `outcome-unknown`, which it says itself.
  const trouble = troubleOf(error instanceof CommitFault ? error.cause : error);
  return trouble === undefined
    ? error
    : new EventStoreError({ kind: 'unavailable', ...trouble }, { cause: error });
};
