import { openSqliteDatabase, openSqliteEventStore } from '@mandate/sqlite';
import { countEvents } from '../bare/bare-log';
import type { Comparison } from '../comparing/comparison';
import { ratePerSecond } from '../comparing/timer';
import { requireCount, WorkNotDone, type Work } from '../comparing/work';
import { peakMegabytesOf } from './peak-memory';
import { replayBare, replayOurs, type Totals } from './replaying';

const requireSameTotals = (expected: number, ours: Totals, limit: Totals): void => {
  requireCount('Events folded by the projection', expected, ours.events);
  requireCount('Events folded by hand', expected, limit.events);
  for (const [dataSet, operations] of limit.operations) {
    if (ours.operations.get(dataSet) !== operations) throw new WorkNotDone('The two folds differ.');
  }
};

const memory = (file: string): Comparison => {
  const events = countEvents(file);
  return {
    work: `replay-1m: peak memory at ${events.toLocaleString('en')} events`,
    unit: 'MB',
    ours: peakMegabytesOf('ours', file, events),
    limit: peakMegabytesOf('limit', file, events),
  };
};

export const replay: Work = {
  name: 'replay-1m',
  about: 'A long log is replayed into a projection, strictly decoded; the limit is SELECT and JSON.parse.',
  prepare: async ({ events, logOf, timer }) => {
    const smallFile = await logOf(Math.ceil(events / 10));
    const file = await logOf(events);
    const expected = countEvents(file);
    const store = await openSqliteEventStore({ file });
    const database = openSqliteDatabase(file);
    const last: { ours?: Totals; limit?: Totals } = {};
    return {
      comparisons: [
        {
          work: 'replay-1m',
          unit: 'events/s',
          target: { atLeast: 0.8 },
          ours: ratePerSecond(timer, expected, async () => {
            last.ours = await replayOurs(store);
          }),
          limit: ratePerSecond(timer, expected, () => {
            last.limit = replayBare(database);
            return Promise.resolve();
          }),
        },
        memory(smallFile),
        memory(file),
      ],
      check: () => {
        if (last.ours === undefined || last.limit === undefined)
          throw new WorkNotDone('Nothing was replayed.');
        requireSameTotals(expected, last.ours, last.limit);
      },
      close: async () => {
        await store.close();
        database.close();
      },
    };
  },
};
