/** The calls of a port that a database serves, until it is closed. */
export interface PortCalls {
  /** Everything happens at once, and every failure is the rejection of a promise. */
  readonly call: <T>(work: () => T | Promise<T>) => Promise<T>;
  /** Closing twice does no harm. */
  readonly close: () => Promise<void>;
}

export interface PortFailures {
  /** What every call fails with after the port was closed. */
  readonly closed: () => Error;
  /** A failure as those who use the port know it. */
  readonly asFailure: (thrown: unknown) => unknown;
}

export const portCallsOf = ({ closed, asFailure }: PortFailures, close: () => void): PortCalls => {
  let isClosed = false;
  return {
    call: (work) =>
      new Promise((resolve) => {
        if (isClosed) throw closed();
        try {
          resolve(work());
        } catch (error) {
          throw asFailure(error);
        }
      }),
    close: () => {
      if (!isClosed) {
        isClosed = true;
        close();
      }
      return Promise.resolve();
    },
  };
};
