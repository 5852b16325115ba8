/** Progress of something long, for whoever waits at a terminal. */
export interface Progress {
  /** How far it is, of the total, and in words; it is seen again when it was hidden. */
  readonly reach: (done: number, words: string) => void;
  /** Makes room for lines of text. */
  readonly hide: () => void;
  readonly end: () => void;
}

/** Begins to show progress towards a total, or without one where none is known. */
export type ShowProgress = (total: number | undefined) => Progress;

/** A number for people. */
export const counted = (number: number): string => number.toLocaleString('en');
