import type { Clock } from '@mandate/event-sourcing';
import type { ShowProgress } from './progress';

/** What the command sees of the world. */
export interface Surroundings {
  /** Resolves when more may be written. */
  readonly write: (text: string) => Promise<void>;
  readonly complain: (text: string) => void;
  /** Everything that stands on the standard input. */
  readonly readInput: () => Promise<string>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Missing where nobody watches: in pipes and files. */
  readonly showProgress?: ShowProgress | undefined;
}
