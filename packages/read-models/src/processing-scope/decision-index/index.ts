export { createDecisionIndex } from './decision-index';
export type { Denial } from './compiled-scope';
export { Permit } from './permit';
