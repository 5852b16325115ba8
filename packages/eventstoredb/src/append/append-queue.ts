/** Runs the appends to one stream one after the other, in the order in which they came. */
export interface AppendQueue {
  readonly add: <T>(stream: string, work: () => Promise<T>) => Promise<T>;
  /** When everything that was added has ended. */
  readonly whenIdle: () => Promise<void>;
}

export const createAppendQueue = (): AppendQueue => {
  const lastOf = new Map<string, Promise<unknown>>();

  const afterEarlier = async <T>(earlier: Promise<unknown>, work: () => Promise<T>): Promise<T> => {
    await earlier.catch(() => undefined);
    return work();
  };

  return {
    add: <T>(stream: string, work: () => Promise<T>): Promise<T> => {
      const earlier = lastOf.get(stream);
      const running = earlier === undefined ? work() : afterEarlier(earlier, work);
      lastOf.set(stream, running);
      const forget = (): void => {
        if (lastOf.get(stream) === running) lastOf.delete(stream);
      };
      running.then(forget, forget);
      return running;
    },
    whenIdle: async () => {
      while (lastOf.size > 0) await Promise.allSettled(lastOf.values());
    },
  };
};
