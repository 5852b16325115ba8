export { createDecisionIndex } from './decision-index';
export { notCurrent, unknownContract } from './denials';
export type { Denial } from './compiled-scope';
export type { Permit, PermitDetails } from './permit';
