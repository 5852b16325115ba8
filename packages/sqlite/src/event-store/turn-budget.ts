import { setImmediate } from 'node:timers';

/** Time that work may take before the event loop has to turn, so that timers and input are served, too. */
export interface TurnBudget {
  readonly isLeft: () => boolean;
}

/** Counts from the first question of each turn. */
export const createTurnBudget = (milliseconds: number): TurnBudget => {
  let until: number | undefined;

  const renew = (): void => {
    until = undefined;
  };

  return {
    isLeft: () => {
      if (until !== undefined) return performance.now() < until;
      until = performance.now() + milliseconds;
      // Nobody has to wait for this one.
      setImmediate(renew).unref();
      return true;
    },
  };
};
