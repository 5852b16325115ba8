import { EventStoreError } from '../event-store/event-store-error';
import { createInMemoryProjectionRecords } from './in-memory-projection-records';
import { projectionStoreOn, type ProjectionRecords } from './projection-records';
import type { ProjectionStore } from './projection-store';

/** The projection store on records in memory. */
export const projectionStoreInMemory = (records: ProjectionRecords): ProjectionStore => {
  let isClosed = false;

  /** Everything happens at once, and every failure is the rejection of a promise. */
  const call = <T>(work: () => T): Promise<T> =>
    new Promise((resolve) => {
      if (isClosed) throw new EventStoreError({ kind: 'store-closed' });
      resolve(work());
    });

  return projectionStoreOn(records, {
    reading: call,
    writing: call,
    close: () => {
      isClosed = true;
      return Promise.resolve();
    },
  });
};

/** Keeps projections in memory: for tests, and where rebuilding at every start is quick enough. */
export const createInMemoryProjectionStore = (): ProjectionStore =>
  projectionStoreInMemory(createInMemoryProjectionRecords());
