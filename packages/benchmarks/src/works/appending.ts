import { join } from 'node:path';
import type { EventToAppend } from '@mandate/event-sourcing';
import { openSqliteEventStore } from '@mandate/sqlite';
import { bareGroupCommit } from '../bare/bare-group-commit';
import { bareRowOf, countEvents, openBareLog, type BareRow } from '../bare/bare-log';
import type { Comparison, Target } from '../comparing/comparison';
import { ratePerSecond } from '../comparing/timer';
import { requireCount, type PreparedWork, type Workbench } from '../comparing/work';
import { batchToAppend } from '../sample/sample-events';

/** Each caller appends one event after the other to a stream of its own. */
export interface Callers {
  readonly callers: number;
  readonly appendsEach: number;
}

/** Both sides of appending, on two files of the same kind, for any number of callers. */
export interface AppendingSides {
  readonly ours: (callers: Callers) => Comparison['ours'];
  readonly limit: (callers: Callers) => Comparison['limit'];
  readonly check: PreparedWork['check'];
  readonly close: PreparedWork['close'];
}

interface Written {
  readonly stream: string;
  readonly events: readonly EventToAppend[];
}

export const openAppendingSides = async ({ folder, effort, timer }: Workbench): Promise<AppendingSides> => {
  const [ourFile, bareFile] = [join(folder, 'appended.db'), join(folder, 'inserted.db')];
  const store = await openSqliteEventStore({ file: ourFile, synchronous: 'full' });
  const bare = await openBareLog(bareFile);
  const grouped = bareGroupCommit(bare);
  const expected = { ours: 0, bare: 0 };
  const appendsOf = ({ appendsEach }: Callers): number => Math.ceil(appendsEach * effort);
  let measurements = 0;

  /** Everything that is to be written, made before the clock runs. */
  const writtenBy = (by: Callers): readonly Written[] => {
    measurements += 1;
    return Array.from({ length: by.callers }, (_, caller) => {
      const stream = `data-set-${measurements}-${caller}`;
      const first = (measurements * 100 + caller) * 10_000;
      const events = Array.from({ length: appendsOf(by) }, (_none, index) =>
        batchToAppend(caller, first + index),
      );
      return { stream, events };
    });
  };

  const ours = (by: Callers) => async () => {
    const written = writtenBy(by);
    expected.ours += by.callers * appendsOf(by);
    const call = async ({ stream, events }: Written): Promise<void> => {
      for (const [version, event] of events.entries()) await store.append(stream, version, [event]);
    };
    return ratePerSecond(timer, by.callers * appendsOf(by), async () => {
      await Promise.all(written.map(call));
    })();
  };

  const limit = (by: Callers) => async () => {
    const rows = writtenBy(by).map(({ stream, events }) =>
      events.map((event, index) => bareRowOf(stream, index + 1, event)),
    );
    expected.bare += by.callers * appendsOf(by);
    const call = async (own: readonly BareRow[]): Promise<void> => {
      for (const row of own) await grouped(row);
    };
    return ratePerSecond(timer, by.callers * appendsOf(by), async () => {
      // Alone there is nothing to wait for.
      if (by.callers === 1) for (const row of rows.flat()) bare.insert([row]);
      else await Promise.all(rows.map(call));
    })();
  };

  return {
    ours,
    limit,
    check: () => {
      requireCount('Events that the store keeps', expected.ours, countEvents(ourFile));
      requireCount('Events that the driver keeps', expected.bare, countEvents(bareFile));
    },
    close: async () => {
      await store.close();
      bare.close();
    },
  };
};

/** A comparison of appending by so many callers. */
export const appendComparison = (
  { ours, limit }: AppendingSides,
  callers: Callers,
  target?: Target,
): Comparison => ({
  work: `append-${callers.callers}`,
  unit: 'events/s',
  ...(target === undefined ? {} : { target }),
  ours: ours(callers),
  limit: limit(callers),
});
