import type { Comparison } from './comparison';
import type { Timer } from './timer';

/** Progress of something long. */
export interface Progress {
  readonly advance: (by?: number) => void;
  readonly end: () => void;
}

/** What a work finds to work with. */
export interface Workbench {
  /** An empty folder for files, removed afterwards. */
  readonly folder: string;
  /** How many events a long log has. */
  readonly events: number;
  /** What share of its operations each measurement does: 1, or less where only the doing is tested. */
  readonly effort: number;
  readonly timer: Timer;
  readonly progress: (what: string, total: number) => Progress;
  /** The file of a log with so many events, made at the first call. */
  readonly logOf: (events: number) => Promise<string>;
}

/** A work, ready to be measured. */
export interface PreparedWork {
  readonly comparisons: readonly Comparison[];
  /** Throws a `WorkNotDone` unless everything that was measured has really happened. */
  readonly check: () => void | Promise<void>;
  readonly close: () => Promise<void>;
}

/** Something whose speed is worth knowing. */
export interface Work {
  readonly name: string;
  readonly about: string;
  readonly prepare: (workbench: Workbench) => Promise<PreparedWork>;
}

/** What was measured did not do what it should: its speed means nothing. */
export class WorkNotDone extends Error {
  override readonly name = 'WorkNotDone';
  readonly code = 'work-not-done';
}

/** Compares a number of what should be there with what is. */
export const requireCount = (what: string, expected: number, found: number): void => {
  if (found !== expected) throw new WorkNotDone(`${what}: expected ${expected}, found ${found}.`);
};
