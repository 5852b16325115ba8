import { simulate, simulationMutants, type SimulationMutant } from '@mandate/event-sourcing/testing';
import { deletionMutants, simulateDeletions, type DeletionMutant } from './deletions';
import type { Simulation } from './simulation';

/** All simulations, by the word that `main` is given for each. */
export const simulations = {
  mechanism: {
    command: 'simulate',
    runs: 'seeds',
    subject: 'store, projections and process manager',
    mutants: Object.keys(simulationMutants),
    // The command line has looked whether there is such a mutant.
    simulate: ({ mutant, ...request }) =>
      simulate({ ...request, ...(mutant === undefined ? {} : { mutant: mutant as SimulationMutant }) }),
  },
  deletions: {
    command: 'simulate:deletions',
    runs: 'schedules',
    subject: 'deletions through the facade, to their certificates',
    mutants: Object.keys(deletionMutants),
    simulate: ({ mutant, ...request }) =>
      simulateDeletions({
        ...request,
        ...(mutant === undefined ? {} : { mutant: mutant as DeletionMutant }),
      }),
  },
} as const satisfies Readonly<Record<string, Simulation>>;

export type SimulationName = keyof typeof simulations;

export const isSimulationName = (name: unknown): name is SimulationName =>
  typeof name === 'string' && Object.hasOwn(simulations, name);
