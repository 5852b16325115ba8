import { join } from 'node:path';
import { openSqliteEventStore } from '@mandate/sqlite';
import { bareRoundTrip } from '../bare/bare-round-trip';
import { countEvents, openBareLog } from '../bare/bare-log';
import { ratePerSecond } from '../comparing/timer';
import { requireCount, WorkNotDone, type Work, type Workbench } from '../comparing/work';
import { batchData, batchToAppend } from '../sample/sample-events';
import { batchHandlerOn, batchRequest, mayRecord } from './batch-recording';

const eventsBefore = 5;
/** Each to a stream of its own that has five events. */
const commandsPerRound = 200;
const callers = 20;

const openSides = async ({ folder, effort, timer }: Workbench) => {
  const commandsEach = Math.ceil(commandsPerRound * effort);
  const [ourFile, bareFile] = [join(folder, 'commands.db'), join(folder, 'commands-by-hand.db')];
  const store = await openSqliteEventStore({ file: ourFile, synchronous: 'full' });
  // The same streams by the store itself, so that both sides load the very same rows.
  const bareFiller = await openSqliteEventStore({ file: bareFile, synchronous: 'full' });
  const bare = await openBareLog(bareFile);
  const handle = batchHandlerOn(store);
  const byHand = bareRoundTrip(bare, mayRecord);
  const commands = { ours: 0, bare: 0 };
  let streams = 0;

  /** New streams with five events each, of which the log is not measured. */
  const prepareStreams = async (target: typeof store): Promise<readonly number[]> => {
    const first = streams;
    streams += commandsEach;
    const numbers = Array.from({ length: commandsEach }, (_, index) => first + index);
    for (const stream of numbers) {
      const events = Array.from({ length: eventsBefore }, (_, index) =>
        batchToAppend(stream, stream * 10 + index),
      );
      await target.append(`data-set-${stream}`, 'no-stream', events);
    }
    return numbers;
  };

  const command = async (stream: number): Promise<void> => {
    const number = stream * 10 + eventsBefore;
    const { outcome } = await handle(batchRequest(`data-set-${stream}`, number, batchData(stream, number)));
    if (outcome !== 'accepted') throw new WorkNotDone('A command was not accepted.');
  };

  const oursBy = (concurrent: number) => async (): Promise<number> => {
    const waiting = [...(await prepareStreams(store))];
    commands.ours += waiting.length;
    const call = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await command(next);
    };
    return ratePerSecond(timer, commandsEach, async () => {
      await Promise.all(Array.from({ length: concurrent }, call));
    })();
  };

  const limit = async (): Promise<number> => {
    const numbers = await prepareStreams(bareFiller);
    commands.bare += numbers.length;
    return ratePerSecond(timer, commandsEach, () => {
      for (const stream of numbers) {
        const number = stream * 10 + eventsBefore;
        const { command: given, metadata } = batchRequest('', number, batchData(stream, number));
        byHand(`data-set-${stream}`, given.data, metadata);
      }
      return Promise.resolve();
    })();
  };

  const check = (): void => {
    requireCount('Events after the commands', commands.ours * (eventsBefore + 1), countEvents(ourFile));
    requireCount('Events by hand', commands.bare * (eventsBefore + 1), countEvents(bareFile));
  };

  const close = async (): Promise<void> => {
    await store.close();
    await bareFiller.close();
    bare.close();
  };
  return { oursBy, limit, check, close };
};

export const roundTrip: Work = {
  name: 'round-trip',
  about: 'A command: five events loaded, one appended, against the same by hand; and 20 callers against one.',
  prepare: async (workbench) => {
    const { oursBy, limit, check, close } = await openSides(workbench);
    return {
      comparisons: [
        { work: 'round-trip', unit: 'commands/s', target: { atLeast: 0.85 }, ours: oursBy(1), limit },
        {
          work: `round-trip: ${callers} callers against one`,
          unit: 'commands/s',
          target: { atLeast: 5 },
          ours: oursBy(callers),
          limit: oursBy(1),
        },
      ],
      check,
      close,
    };
  },
};
