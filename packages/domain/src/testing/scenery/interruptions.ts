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
  for (const { isStop, at } of interruptions) {
    const isInOrder = isStop
      ? wentOnAt < at && (stoppedAt === undefined || at < stoppedAt)
      : stoppedAt !== undefined && stoppedAt < at;
    if (!isInOrder) return false;
    stoppedAt = isStop ? at : undefined;
    if (!isStop) wentOnAt = at;
  }
  return true;
};
