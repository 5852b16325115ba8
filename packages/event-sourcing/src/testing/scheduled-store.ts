import type { Scheduler } from 'fast-check';
import type { EventStore } from '../event-store/event-store';

/** A store whose calls and answers each wait for their turn, which a scheduler of fast-check gives them. */
export const createScheduledStore = (store: EventStore, scheduler: Scheduler): EventStore => {
  const inTurn = async <T>(label: string, call: () => Promise<T>): Promise<T> => {
    await scheduler.schedule(Promise.resolve(), label);
    const answer = await call();
    await scheduler.schedule(Promise.resolve(), `answer to ${label}`);
    return answer;
  };
  return {
    ...store,
    append: (...request) => inTurn('append', () => store.append(...request)),
    readAll: (...request) => inTurn('readAll', () => store.readAll(...request)),
    readStream: (...request) => inTurn('readStream', () => store.readStream(...request)),
  };
};
