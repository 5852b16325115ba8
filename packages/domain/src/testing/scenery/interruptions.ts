/** A stop, or a going on, at a time. */
export interface Interruption {
  readonly isStop: boolean;
  readonly at: string;
}

/**
 * Whether stops and goings-on make sense: who goes on had stopped, and does so later; a second stop before that
 * comes earlier than the first; a new stop comes after the last going-on.
 */
export const areInterruptionsInOrder = (interruptions: readonly Interruption[]): boolean => {
  let stoppedAt: string | undefined;
  let wentOnAt = '';
  const stop = (at: string): boolean => {
    const isInOrder = wentOnAt < at && (stoppedAt === undefined || at < stoppedAt);
    stoppedAt = at;
    return isInOrder;
  };
  const goOn = (at: string): boolean => {
    const isInOrder = stoppedAt !== undefined && stoppedAt < at;
    stoppedAt = undefined;
    wentOnAt = at;
    return isInOrder;
  };
  return interruptions.every(({ isStop, at }) => (isStop ? stop(at) : goOn(at)));
};
