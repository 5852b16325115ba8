export { exitCodes } from './exit-codes';
export { runMandate } from './run-mandate';
export type { Surroundings } from './surroundings';
