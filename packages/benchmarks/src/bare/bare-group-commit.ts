import type { BareLog, BareRow } from './bare-log';

/** Inserts one row, and resolves once it is committed. */
export type InsertOne = (row: BareRow) => Promise<void>;

/** The least that shares a commit: whatever is asked for in one turn of the event loop is one transaction. */
export const bareGroupCommit = (log: BareLog): InsertOne => {
  let waiting: { readonly row: BareRow; readonly done: () => void }[] = [];

  const flush = (): void => {
    const group = waiting;
    waiting = [];
    log.insert(group.map(({ row }) => row));
    for (const { done } of group) done();
  };

  return (row) =>
    new Promise((done) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ row, done });
    });
};
