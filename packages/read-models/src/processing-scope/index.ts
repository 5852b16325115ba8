export { createProcessingScope } from './processing-scope';
export type { DecisionTimes, ProcessingScope } from './processing-scope';
export { processingScopeProjection } from './projection';
export type { ContractHistory, KnownEvent, ScopeState } from './state';
