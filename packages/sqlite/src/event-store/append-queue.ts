import { clearImmediate, setImmediate } from 'node:timers';
import { createTurnBudget } from './turn-budget';
import { defaultAppendLimits, type AppendResult, type PreparedAppend } from '@mandate/event-sourcing';
import { isLeft } from 'fp-ts/Either';
import type { WriteBatch } from './append-batch';
import type { AppendRequest } from './event-appender';

/** Appends of this process that wait to be written together. */
export interface AppendQueue {
  readonly add: (request: AppendRequest) => Promise<AppendResult>;
  /** Writes everything that waits, now. */
  readonly flush: () => void;
}

/** How long batches may follow each other without a turn of the event loop. */
const writingMsPerTurn = 4;

interface Waiting {
  readonly request: AppendRequest;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (failure: unknown) => void;
}

const sizeOf = ({ events }: PreparedAppend): number =>
  events.reduce((size, { dataText, metadataText }) => size + dataText.length + metadataText.length, 0);

/** No batch is larger than the largest append may be, so that a read never waits longer for many than for one. */
const batchLengthOf = (waiting: readonly Waiting[]): number => {
  let [events, size] = [0, 0];
  const firstTooMany = waiting.findIndex(({ request: { append } }, index) => {
    events += append.events.length;
    size += sizeOf(append);
    const fits = events <= defaultAppendLimits.eventsMax && size <= defaultAppendLimits.bytesMax;
    return index > 0 && !fits;
  });
  return firstTooMany === -1 ? waiting.length : firstTooMany;
};

/**
 * Lets appends that arrive together share a COMMIT, and with it the wait for the disk. A batch is written when nothing
 * else is ready to run any more that could add to it: an append that is alone waits for nobody. Callers who append
 * again as soon as they are answered would never let the event loop turn; so batches that have used up their share of
 * a turn, or that were too much for one COMMIT, wait for the next.
 */
export const appendQueueOf = (writeBatch: WriteBatch, onWritten: () => void): AppendQueue => {
  const waiting: Waiting[] = [];
  const budget = createTurnBudget(writingMsPerTurn);
  let turn: NodeJS.Immediate | undefined;
  let isAwaited = false;

  const writeNext = (): void => {
    const batch = waiting.splice(0, batchLengthOf(waiting));
    const outcomes = writeBatch(batch.map(({ request }) => request));
    for (const [index, outcome] of outcomes.entries()) {
      if (isLeft(outcome)) batch[index]?.reject(outcome.left);
      else batch[index]?.resolve(outcome.right);
    }
    onWritten();
  };

  const takeTurn = (): void => {
    turn = undefined;
    isAwaited = false;
    // Somebody may have flushed before.
    if (waiting.length === 0) return;
    writeNext();
    if (waiting.length > 0) awaitTurn();
  };

  const awaitTurn = (): void => {
    isAwaited = true;
    turn = setImmediate(takeTurn);
  };

  const awaitOthers = (): void => {
    if (isAwaited) return;
    if (!budget.isLeft()) {
      awaitTurn();
      return;
    }
    isAwaited = true;
    // Runs when all promises that are settled by now have been reacted to.
    process.nextTick(takeTurn);
  };

  return {
    add: (request) =>
      new Promise((resolve, reject) => {
        waiting.push({ request, resolve, reject });
        awaitOthers();
      }),
    flush: () => {
      // What is to happen at the end of this turn cannot be taken back; it will find nothing to do.
      if (turn !== undefined) {
        clearImmediate(turn);
        turn = undefined;
        isAwaited = false;
      }
      while (waiting.length > 0) writeNext();
    },
  };
};
