import type { Version } from './event-store';
import { EventStoreError } from './event-store-error';

/** How many events a page holds when the reader does not say. */
export const pageSizeDefault = 1000;

const refuse = (reason: string): never => {
  throw new EventStoreError({ kind: 'invalid-read', reason });
};

/** The wanted size of a page, checked: a reader of pages of no events would read for ever. */
export const pageSizeOf = (limit: number | undefined): number => {
  const size = limit ?? pageSizeDefault;
  return Number.isSafeInteger(size) && size >= 1 ? size : refuse('expected a limit of 1 event or more');
};

/** The version to read on from, checked. */
export const versionAfterOf = (after: Version | undefined): Version => {
  const version = after ?? 0;
  return Number.isSafeInteger(version) && version >= 0 ? version : refuse('expected a version of 0 or more');
};
