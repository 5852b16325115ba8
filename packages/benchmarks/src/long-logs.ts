import { join } from 'node:path';
import type { Workbench } from './comparing/work';
import { fillLongLog } from './sample/long-log';

/** Long logs, each made once for all the works that need it. */
export const longLogsIn = (folder: string, progress: Workbench['progress']): Workbench['logOf'] => {
  const made = new Map<number, Promise<string>>();
  const make = async (events: number): Promise<string> => {
    const file = join(folder, `log-of-${events}.db`);
    await fillLongLog(file, events, progress('filling a log', events));
    return file;
  };
  return (events) => {
    const file = made.get(events) ?? make(events);
    made.set(events, file);
    return file;
  };
};
