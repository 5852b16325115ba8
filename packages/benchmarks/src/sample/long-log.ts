import { openSqliteEventStore } from '@mandate/sqlite';
import type { Progress } from '../comparing/work';
import { historyEvent } from './sample-events';

/** As many as one append takes. */
const eventsPerStream = 500;

/** Fills a file with a history, through the store itself. */
export const fillLongLog = async (file: string, events: number, progress: Progress): Promise<void> => {
  // Nothing here has to survive a power cut.
  const store = await openSqliteEventStore({ file, synchronous: 'normal' });
  for (let first = 0; first < events; first += eventsPerStream) {
    const count = Math.min(eventsPerStream, events - first);
    const stream = first / eventsPerStream;
    const batch = Array.from({ length: count }, (_, index) => historyEvent(stream, first + index));
    await store.append(`history-${stream}`, 'no-stream', batch);
    progress.advance(count);
  }
  await store.close();
  progress.end();
};
