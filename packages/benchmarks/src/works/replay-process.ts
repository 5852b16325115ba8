// Replays one file in a process of its own and tells on its last line how much memory that took at most.
import { openSqliteDatabase, openSqliteEventStore } from '@mandate/sqlite';
import { replayBare, replayOurs } from './replaying';

const replay = async (side: string, file: string): Promise<number> => {
  if (side === 'limit') {
    const database = openSqliteDatabase(file);
    const { events } = replayBare(database);
    database.close();
    return events;
  }
  const store = await openSqliteEventStore({ file });
  const { events } = await replayOurs(store);
  await store.close();
  return events;
};

const [side = '', file = ''] = process.argv.slice(2);
void replay(side, file).then((events) => {
  console.log(JSON.stringify({ events, peakKilobytes: process.resourceUsage().maxRSS }));
});
