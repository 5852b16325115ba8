import { EventStoreError, isEventStoreError, type AppendResult } from '@mandate/event-sourcing';
import { isRight, left, right, type Either } from 'fp-ts/Either';
import type { SqliteDatabase } from '../driver';
import { extendedCodeOf, sqliteCode } from '../sqlite-code';
import { CommitFault, savepointOf, writeTransactionOf } from '../transaction';
import type { AppendRequest, EventAppender } from './event-appender';
import { asEventStoreError } from './store-fault';

/** What became of one append of a batch: where its events are, or why they are not there. */
export type AppendOutcome = Either<unknown, AppendResult>;

/** Writes appends one after the other, all with one COMMIT, and tells what became of each. Never throws. */
export type WriteBatch = (batch: readonly AppendRequest[]) => readonly AppendOutcome[];

/** Whether only this append was refused; everything else (the disk, a driver that broke) concerns the batch. */
const isRefusal = (error: unknown): boolean =>
  isEventStoreError(error) || extendedCodeOf(error) === sqliteCode.constraintUnique;

/** One INSERT that fails takes itself back, while a savepoint copies every page that is touched within it. */
const needsSavepoint = ({ append }: AppendRequest): boolean => append.events.length > 1;

/** Why an append failed whose whole batch failed, though nothing may have been wrong with it. */
const failureOf = ({ append }: AppendRequest, cause: unknown): unknown => {
  if (!(cause instanceof CommitFault)) return asEventStoreError(cause);
  const eventIds = append.events.map(({ eventId }) => eventId);
  return new EventStoreError({ kind: 'outcome-unknown', eventIds }, { cause });
};

const doNothing = (): void => undefined;

/**
 * An append of a batch that is refused takes back only itself, with a savepoint of its own where it needs one. What an append was
 * told can rest on another one of its batch (a conflict, a repetition), so nobody is told anything before COMMIT.
 * What belongs to the events is done by `afterEvents`, in the same transaction.
 */
export const batchWriterOf = (
  database: SqliteDatabase,
  appender: EventAppender,
  afterEvents: () => void = doNothing,
): WriteBatch => {
  const inTransaction = writeTransactionOf(database);
  const savepointOfBatch = savepointOf(database);

  const attempt = (request: AppendRequest): AppendOutcome => {
    const savepoint = needsSavepoint(request) ? savepointOfBatch : undefined;
    savepoint?.set();
    try {
      const result = appender.append(request);
      savepoint?.release();
      return right(result);
    } catch (cause) {
      if (!isRefusal(cause)) throw cause;
      savepoint?.undo();
      return left(asEventStoreError(appender.reasonOf(request, cause)));
    }
  };

  return (batch) => {
    try {
      return inTransaction(() => {
        const outcomes = batch.map(attempt);
        if (outcomes.some(isRight)) afterEvents();
        return outcomes;
      });
    } catch (cause) {
      return batch.map((request) => left(failureOf(request, cause)));
    }
  };
};
