export { deletionMutants } from './mutants';
export type { DeletionMutant } from './mutants';
export { simulateDeletions } from './simulate-deletions';
