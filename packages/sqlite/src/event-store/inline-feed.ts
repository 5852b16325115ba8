import { setImmediate as otherWork } from 'node:timers/promises';
import {
  createInlineProjections,
  type Clock,
  type InlineLog,
  type InlineOptions,
  type ProjectionStore,
} from '@mandate/event-sourcing';
import type { SqliteDatabase } from '../driver';
import { projectionRecordsIn } from '../projection-store/projection-records';
import { projectionStoreIn } from '../projection-store/sqlite-projection-store';
import { extendedCodeOf } from '../sqlite-code';
import { writeTransactionOf } from '../transaction';

/** The projections that the appends of an event store change, in the file of the events. */
export interface InlineFeed {
  readonly projections: ProjectionStore;
  /** Reads on to the head, page by page, each in a transaction of its own: before the first append. */
  readonly catchUp: () => Promise<void>;
  /** Within the transaction of an append, after its events. */
  readonly follow: () => void;
}

interface InlineFeedOptions extends InlineOptions {
  readonly log: InlineLog;
  readonly clock: Clock;
}

export const inlineFeedIn = (
  database: SqliteDatabase,
  { inline, log, clock }: InlineFeedOptions,
): InlineFeed => {
  const inTransaction = writeTransactionOf(database);
  const records = projectionRecordsIn(database);
  const isFailureOfStore = (thrown: unknown): boolean => extendedCodeOf(thrown) !== undefined;
  const { begin, readOn, follow } = createInlineProjections(
    { records, log, clock, isFailureOfStore },
    inline,
  );
  return {
    // The database is the event store's to close.
    projections: projectionStoreIn(database, { records, close: () => undefined }),
    catchUp: async () => {
      inTransaction(begin);
      while (!inTransaction(readOn)) await otherWork();
    },
    follow,
  };
};
