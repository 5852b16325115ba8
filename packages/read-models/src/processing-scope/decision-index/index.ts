export { createDecisionIndex } from './decision-index';
export type { Denial } from './compiled-scope';
export type { Permit, PermitDetails } from './permit';
