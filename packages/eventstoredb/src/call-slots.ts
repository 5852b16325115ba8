/** Lets no more than so many calls be on their way at once; thousands make servers and proxies reset connections. */
export interface CallSlots {
  /** Does some work when there is a slot for it. Undefined when there was none for so long: then nothing was done. */
  readonly use: <T>(waitMs: number, work: () => Promise<T>) => Promise<{ readonly answer: T } | undefined>;
}

export const createCallSlots = (concurrentMax: number): CallSlots => {
  const waiting = new Set<() => void>();
  let used = 0;

  const waitForSlot = (waitMs: number): Promise<boolean> =>
    new Promise((resolve) => {
      const settle = (hasSlot: boolean): void => {
        clearTimeout(timer);
        waiting.delete(take);
        resolve(hasSlot);
      };
      const take = (): void => {
        settle(true);
      };
      const timer = setTimeout(() => {
        settle(false);
      }, waitMs);
      waiting.add(take);
    });

  const enter = async (waitMs: number): Promise<boolean> => {
    if (used >= concurrentMax) return waitForSlot(waitMs);
    used += 1;
    return true;
  };

  const leave = (): void => {
    // Whoever leaves hands over its slot; a `Set` keeps the order of arrival.
    const [next] = waiting;
    if (next === undefined) used -= 1;
    else next();
  };

  return {
    use: async (waitMs, work) => {
      if (!(await enter(waitMs))) return undefined;
      try {
        return { answer: await work() };
      } finally {
        leave();
      }
    },
  };
};
