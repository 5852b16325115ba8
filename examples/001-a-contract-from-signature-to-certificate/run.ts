import type { DemoOptions } from './options';
import type { Platform } from './platform/platform';
import type { VirtualClock } from './platform/virtual-clock';
import type { Input } from './reading/input';
import type { RunFolder } from './run-folder';
import type { RecordKeeper } from './run-record';
import type { Screen } from './showing/screen';

/** Everything that a chapter of the story needs. */
export interface Run {
  readonly options: DemoOptions;
  readonly folder: RunFolder;
  readonly input: Input;
  readonly keeper: RecordKeeper;
  readonly clock: VirtualClock;
  readonly platform: Platform;
  readonly screen: Screen;
  readonly signal: AbortSignal;
}

/** The run was interrupted from outside; what is done is kept. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly code = 'interrupted';
}

/** Stops here when somebody asked for it: between two steps, never within one. */
export const unlessInterrupted = ({ signal }: Run): void => {
  if (signal.aborted) throw new Interrupted('The run was interrupted.');
};
