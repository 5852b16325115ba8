export { readOptions, type SimulationOptions } from './options';
export { seedsOf } from './seeds';
