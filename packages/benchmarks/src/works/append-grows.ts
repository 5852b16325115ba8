import { openSqliteEventStore } from '@mandate/sqlite';
import { countEvents } from '../bare/bare-log';
import { microsecondsEach } from '../comparing/timer';
import { requireCount, type Work, type Workbench } from '../comparing/work';
import { batchToAppend } from '../sample/sample-events';

const appendsPerRound = 300;
/** Beyond the numbers of the events that a long log is filled with. */
const firstNumber = 1_000_000_000;

/** Appends single events to new streams at the end of a log. */
const openGrowingLog = async (file: string, { timer, effort }: Workbench) => {
  const before = countEvents(file);
  const store = await openSqliteEventStore({ file, synchronous: 'full' });
  const appends = Math.ceil(appendsPerRound * effort);
  let rounds = 0;
  const measure = async (): Promise<number> => {
    const first = firstNumber + rounds * appends;
    const events = Array.from({ length: appends }, (_, index) => batchToAppend(0, first + index));
    rounds += 1;
    return microsecondsEach(timer, appends, async () => {
      for (const event of events) await store.append(`grown-${event.eventId}`, 'no-stream', [event]);
    })();
  };
  return {
    measure,
    check: () => requireCount('Events in a grown log', before + rounds * appends, countEvents(file)),
    close: () => store.close(),
  };
};

export const appendGrows: Work = {
  name: 'append-grows',
  about: 'The cost of an append to a long log, against a log of 10,000 events.',
  prepare: async (workbench) => {
    const { events, logOf } = workbench;
    const long = await openGrowingLog(await logOf(events), workbench);
    const short = await openGrowingLog(await logOf(Math.min(10_000, events / 2)), workbench);
    return {
      comparisons: [
        {
          work: 'append-grows',
          unit: 'µs per append',
          target: { atMost: 1.2 },
          ours: long.measure,
          limit: short.measure,
        },
      ],
      check: () => {
        long.check();
        short.check();
      },
      close: async () => {
        await long.close();
        await short.close();
      },
    };
  },
};
