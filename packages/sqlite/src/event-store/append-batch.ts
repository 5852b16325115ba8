import { EventStoreError, type AppendResult } from '@mandate/event-sourcing';
import { left, right, type Either } from 'fp-ts/Either';
import type { SqliteDatabase } from '../driver';
import { extendedCodeOf, sqliteCode } from '../sqlite-code';
import { CommitFault, savepointOf, writeTransactionOf } from '../transaction';
import type { AppendRequest, EventAppender } from './event-appender';
import { asEventStoreError } from './store-fault';

/** What became of one append of a batch: where its events are, or why they are not there. */
export type AppendOutcome = Either<unknown, AppendResult>;

/** Writes appends one after the other, all with one COMMIT, and tells what became of each. Never throws. */
export type WriteBatch = (batch: readonly AppendRequest[]) => readonly AppendOutcome[];

/** A fault of the file or the disk, which concerns every append of the batch. */
const isFaultOfFile = (error: unknown): boolean => {
  const code = extendedCodeOf(error);
  return code !== undefined && code !== sqliteCode.constraintUnique;
};

/** Why an append failed whose whole batch failed, though nothing may have been wrong with it. */
const failureOf = ({ append }: AppendRequest, cause: unknown): unknown => {
  if (!(cause instanceof CommitFault)) return asEventStoreError(cause);
  const eventIds = append.events.map(({ event }) => event.eventId);
  return new EventStoreError({ kind: 'outcome-unknown', eventIds }, { cause });
};

/**
 * Every append of a batch has a savepoint of its own: one that is refused takes back only itself. What an append was
 * told can rest on another one of its batch (a conflict, a repetition), so nobody is told anything before COMMIT.
 */
export const batchWriterOf = (database: SqliteDatabase, appender: EventAppender): WriteBatch => {
  const inTransaction = writeTransactionOf(database);
  const savepoint = savepointOf(database);

  const attempt = (request: AppendRequest): AppendOutcome => {
    savepoint.set();
    try {
      const result = appender.append(request);
      savepoint.release();
      return right(result);
    } catch (cause) {
      if (isFaultOfFile(cause)) throw cause;
      savepoint.undo();
      return left(asEventStoreError(appender.reasonOf(request, cause)));
    }
  };

  return (batch) => {
    try {
      return inTransaction(() => batch.map(attempt));
    } catch (cause) {
      return batch.map((request) => left(failureOf(request, cause)));
    }
  };
};
