import type { LogPlace } from '../client';
import { isAfter } from '../log-place';

/** Places from here on stand for "nowhere": 24.2 to 24.10.4 report 2^64-1 when nothing was wanted since the start. */
const nowhere = 2n ** 63n;

/**
 * Whether a checkpoint of the server can be where a subscription has come to. To resume from "nowhere" would mean to
 * resume from the end, and to lose everything in between.
 */
export const isSoundCheckpoint = ({ commit, prepare }: LogPlace, reached: LogPlace | undefined): boolean =>
  commit >= 0n && commit < nowhere && prepare <= commit && isAfter({ commit, prepare }, reached);
