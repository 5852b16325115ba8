import {
  isInstant,
  isUuid,
  placeOf,
  PositionError,
  storeIdOf,
  type EventStore,
  type Instant,
  type Position,
} from '@mandate/event-sourcing';
import { InputError } from './input-error';
import { lengthOfLog } from './log-length';

/** Reads an instant; the error names the option and never repeats what was typed. */
export const instantIn = (option: string, text: string): Instant => {
  if (isInstant(text)) return text;
  throw new InputError(
    `${option}: expected an instant like 2026-03-29T00:00:00.000Z, found a string of ${text.length} characters. ` +
      'Write it in UTC with milliseconds.',
  );
};

const isPosition = (text: string): text is Position => {
  const position = text as Position;
  try {
    return isUuid(storeIdOf(position)) && placeOf(position).length === 1;
  } catch (error) {
    if (error instanceof PositionError) return false;
    throw error;
  }
};

/** Reads an instant or a position of the log, as `timeline` and `replay` show it. */
export const momentIn = (option: string, text: string): Instant | Position => {
  if (isInstant(text) || isPosition(text)) return text;
  throw new InputError(
    `${option}: expected an instant like 2026-03-29T00:00:00.000Z or a position like <store id>:12, ` +
      `found a string of ${text.length} characters. Run "mandate timeline" to see positions.`,
  );
};

/** The one number of a position in a file. */
export const placeIn = (position: Position): number => Number(placeOf(position)[0]);

/** Requires a range not to end before it begins, as far as that can be told: an instant and a position are not compared. */
export const requireRange = (
  from: Instant | Position | undefined,
  to: Instant | Position | undefined,
): void => {
  if (from === undefined || to === undefined || isInstant(from) !== isInstant(to)) return;
  const isReversed = isInstant(from) ? to < from : placeIn(to as Position) < placeIn(from);
  if (isReversed)
    throw new InputError(
      '--to: expected the same moment as --from or a later one, found an earlier one. Exchange them.',
    );
};

/** Requires a position to be one of this history. Throws an `InputError` for one of another, or one beyond its end. */
export const requireOfHistory = async (
  option: string,
  moment: Instant | Position | undefined,
  history: Pick<EventStore, 'storeId' | 'readAll'>,
): Promise<void> => {
  if (moment === undefined || isInstant(moment)) return;
  const found =
    storeIdOf(moment) === history.storeId
      ? placeIn(moment) > (await lengthOfLog(history)) && 'one beyond its end'
      : 'one of another';
  if (found === false) return;
  throw new InputError(
    `${option}: expected a position of this history, found ${found}. Run "mandate timeline" to see positions.`,
  );
};
