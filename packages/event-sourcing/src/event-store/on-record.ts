import { isInstant, type Instant } from '../values/instant';
import type { RecordedEvent } from './event-store';
import { comparePositions, type Position } from './position';

/**
 * Tells of events whether they are on record at an instant, with what is recorded in the same millisecond, or stand at a
 * position of the log or before it. Throws a `PositionError` for an event of another log than the position's.
 */
export const isOnRecordAt = (
  known: Instant | Position,
): ((event: Pick<RecordedEvent, 'recordedAt' | 'position'>) => boolean) =>
  isInstant(known)
    ? ({ recordedAt }) => recordedAt <= known
    : ({ position }) => comparePositions(position, known) <= 0;
