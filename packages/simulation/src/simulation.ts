import type { SimulationResult } from '@mandate/event-sourcing/testing';

/** What can be run under many seeds from the command line. */
export interface Simulation {
  /** How it is called: `pnpm <command>`. */
  readonly command: string;
  /** What one run is called, in the plural; the option that says how many there are has this name. */
  readonly runs: 'seeds' | 'schedules';
  /** What is simulated, in words that end a sentence. */
  readonly subject: string;
  readonly mutants: readonly string[];
  readonly simulate: (request: {
    readonly seed: number;
    readonly mutant?: string;
    readonly shrink?: boolean;
  }) => Promise<SimulationResult>;
}
