import type { Clock } from '@mandate/event-sourcing';

/** What the command sees of the world. */
export interface Surroundings {
  /** Resolves when more may be written. */
  readonly write: (text: string) => Promise<void>;
  readonly complain: (text: string) => void;
  /** Everything that stands on the standard input. */
  readonly readInput: () => Promise<string>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether complaints go to a terminal, where progress may be shown. */
  readonly isTerminal: boolean;
}
