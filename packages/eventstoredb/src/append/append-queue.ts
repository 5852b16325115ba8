/** Runs appends: of one stream one after the other, as they came, and not more than so many at once. */
export interface AppendQueue {
  readonly add: <T>(stream: string, work: () => Promise<T>) => Promise<T>;
  /** When everything that was added has ended. */
  readonly whenIdle: () => Promise<void>;
}

export const createAppendQueue = (concurrentMax: number): AppendQueue => {
  const lastOf = new Map<string, Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let running = 0;

  const enter = async (): Promise<void> => {
    if (running < concurrentMax) {
      running += 1;
      return;
    }
    // Whoever leaves hands over its place.
    await new Promise<void>((resolve) => waiting.push(resolve));
  };

  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };

  const inPlace = async <T>(work: () => Promise<T>): Promise<T> => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };

  const afterEarlier = async <T>(earlier: Promise<unknown>, work: () => Promise<T>): Promise<T> => {
    await earlier.catch(() => undefined);
    return inPlace(work);
  };

  return {
    add: <T>(stream: string, work: () => Promise<T>): Promise<T> => {
      const earlier = lastOf.get(stream);
      const running = earlier === undefined ? inPlace(work) : afterEarlier(earlier, work);
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
