import type { Decide } from './decide-from-history';

/** A decision that is wrong in one respect, to see whether the laws notice. */
export interface PlantedMistake {
  /** What it does: "ignores that the contract has ended". */
  readonly title: string;
  /** The numbers of laws that must notice. */
  readonly breaks: readonly number[];
  readonly decide: Decide;
}
