import { isInstant, placeOf, PositionError, type Instant, type Position } from '@mandate/event-sourcing';
import { InputError } from './input-error';

/** Reads an instant; the error names the option and never repeats what was typed. */
export const instantIn = (option: string, text: string): Instant => {
  if (isInstant(text)) return text;
  throw new InputError(
    `${option}: expected an instant like 2026-03-29T00:00:00.000Z, found a string of ${text.length} characters. ` +
      'Write it in UTC with milliseconds.',
  );
};

/** Reads an instant or a position of the log, as `timeline` and `replay` show it. */
export const momentIn = (option: string, text: string): Instant | Position => {
  if (isInstant(text)) return text;
  try {
    placeOf(text as Position);
    return text as Position;
  } catch (error) {
    if (!(error instanceof PositionError)) throw error;
    throw new InputError(
      `${option}: expected an instant like 2026-03-29T00:00:00.000Z or a position like <store id>:12, ` +
        `found a string of ${text.length} characters. Run "mandate timeline" to see positions.`,
    );
  }
};
