import type { RevisionOfId } from './append-decision';
import type { StoredEvent } from './event-log';

/** The event ids that the leader remembers of its own writes; after a restart it knows none. */
export interface IdCache {
  readonly revisionOf: RevisionOfId;
  readonly remember: (events: readonly StoredEvent[]) => void;
  readonly forget: () => void;
}

export const createIdCache = (): IdCache => {
  const revisions = new Map<string, number>();
  return {
    revisionOf: (stream, id) => revisions.get(`${stream} ${id}`),
    remember: (events) => {
      for (const { stream, id, revision } of events) revisions.set(`${stream} ${id}`, revision);
    },
    forget: () => {
      revisions.clear();
    },
  };
};
