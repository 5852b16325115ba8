import { isEventStoreError, positionOf, type EventStore } from '@mandate/event-sourcing';

type AskedLog = Pick<EventStore, 'storeId' | 'readAll'>;

const hasPlace = async ({ storeId, readAll }: AskedLog, place: number): Promise<boolean> => {
  try {
    await readAll({ after: positionOf(storeId, place), limit: 1 });
    return true;
  } catch (error) {
    if (isEventStoreError(error) && error.failure.kind === 'position-beyond-head') return false;
    throw error;
  }
};

/** The last place of a log. A log does not say how long it is, but refuses to be read from beyond its head. */
export const lengthOfLog = async (log: AskedLog): Promise<number> => {
  let [there, beyond] = [0, 1];
  while (await hasPlace(log, beyond)) [there, beyond] = [beyond, beyond * 2];
  while (beyond - there > 1) {
    const middle = Math.floor((there + beyond) / 2);
    if (await hasPlace(log, middle)) there = middle;
    else beyond = middle;
  }
  return there;
};
