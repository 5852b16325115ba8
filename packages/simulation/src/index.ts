export { readOptions, type SimulationOptions } from './options';
export { seedsOf } from './seeds';
export type { Simulation } from './simulation';
export { simulations } from './simulations';
