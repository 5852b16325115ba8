export type { Denial, Permit, PermitDetails } from './decision-index';
export { createProcessingScope } from './processing-scope';
export type { ProcessingScope } from './processing-scope';
export { processingScopeProjection } from './projection';
export type { ContractHistory, DecisionTimes, KnownEvent, ScopeState } from './state';
export { eventsKnownAt } from './state';
