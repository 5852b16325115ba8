import { EventStoreError } from '@mandate/event-sourcing';

/** Whether a store is open, and who wants to know when it is closed. */
export interface StoreLife {
  readonly isClosed: () => boolean;
  /** Throws `store-closed` if so. */
  readonly requireOpen: () => void;
  /** Calls back once when the store is closed, unless the returned function was called before. */
  readonly onClose: (react: () => void) => () => void;
  readonly close: () => void;
}

export const createStoreLife = (): StoreLife => {
  const reactions = new Set<() => void>();
  let isClosed = false;
  return {
    isClosed: () => isClosed,
    requireOpen: () => {
      if (isClosed) throw new EventStoreError({ kind: 'store-closed' });
    },
    onClose: (react) => {
      reactions.add(react);
      return () => reactions.delete(react);
    },
    close: () => {
      isClosed = true;
      for (const react of [...reactions]) react();
      reactions.clear();
    },
  };
};
