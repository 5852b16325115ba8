import { clearImmediate, setImmediate } from 'node:timers';
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
 * Lets appends that arrive in one turn of the event loop share a COMMIT, and with it the wait for the disk. A batch is
 * written at the next turn: an append that is alone waits for nobody, and other work of the process comes in between.
 */
export const appendQueueOf = (writeBatch: WriteBatch, onWritten: () => void): AppendQueue => {
  const waiting: Waiting[] = [];
  let turn: NodeJS.Immediate | undefined;

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
    writeNext();
    if (waiting.length > 0) awaitTurn();
  };

  const awaitTurn = (): void => {
    turn ??= setImmediate(takeTurn);
  };

  return {
    add: (request) =>
      new Promise((resolve, reject) => {
        waiting.push({ request, resolve, reject });
        awaitTurn();
      }),
    flush: () => {
      clearImmediate(turn);
      turn = undefined;
      while (waiting.length > 0) writeNext();
    },
  };
};
