import type { ErrorStatus } from './statuses';

/** What a test can do to a subscription that is running. */
export interface LiveSubscription {
  /** Ends it as a server does that shuts down tidily: without an error. */
  readonly end: () => void;
  readonly fail: (error: ErrorStatus) => void;
  readonly sendCheckpoint: (commit: bigint, prepare: bigint) => void;
  /** Reports as 25.0.0 does: the place of the next event that it has not looked at, and 0 in place of the second half. */
  readonly sendHalfCheckpoint: () => void;
  /** Sends nothing any more, and keeps the connection. */
  readonly stall: () => void;
}

export interface LiveSubscriptions {
  readonly all: () => readonly LiveSubscription[];
  readonly add: (subscription: LiveSubscription) => () => void;
  /** How many were ever started. */
  readonly startedCount: () => number;
}

export const createLiveSubscriptions = (): LiveSubscriptions => {
  const running = new Set<LiveSubscription>();
  let started = 0;
  return {
    all: () => [...running],
    add: (subscription) => {
      running.add(subscription);
      started += 1;
      return () => running.delete(subscription);
    },
    startedCount: () => started,
  };
};
